/** Real processes and real sockets: what strangers, slow senders and a full disk do to the relay. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { leftOut } from '../helpers/available.ts';
import { type Running, start } from '../helpers/cli.ts';
import { type Crowd, type CrowdOptions, DRIPPING_HEAD, drippingBody, sendCrowd } from '../helpers/crowds.ts';
import { freePort } from '../helpers/free-port.ts';
import { deliver, HOOK_SECRET, until } from '../helpers/relay.ts';
import { relayToMattermost } from '../helpers/relay-to-mattermost.ts';
import { ownDelivery } from '../unit/notifier/deliveries.ts';

const { mattermost, settings, startRelay, texts, arrived } = relayToMattermost({
  start: (home, env) => home.start(env),
  end: (relay) => relay.kill(),
});

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const crowd = async (options: CrowdOptions): Promise<Crowd> => {
  const came = await sendCrowd(options);
  ends.push(() => came.leave());
  return came;
};

/** Strangers once held deliveries up for 36 s. How soon they are taken is the bench's to say (`npm run bench:relay`). */
const HELD_UP_MS = 25_000;

/** Delivers one after the other. @returns their statuses, 0 for one that was held up or cut off */
const deliverMany = async (url: string, count: number): Promise<readonly number[]> => {
  const statuses: number[] = [];
  for (let left = count; left > 0; left -= 1) {
    const signal = AbortSignal.timeout(HELD_UP_MS);
    const answer = await deliver({ url }, ownDelivery('job-failed'), { signal }).catch(() => ({ status: 0 }));
    statuses.push(answer.status);
  }
  return statuses;
};

const ALL_TAKEN = Array.from({ length: 10 }, () => 202);

describe('deliveries with the secret keep being taken while there are', () => {
  it.each([
    ['500 connections that say nothing', { count: 500 }],
    ['500 heads that never end', { count: 500, ...DRIPPING_HEAD }],
    ['500 bodies with the secret that never end', { count: 500, ...drippingBody(HOOK_SECRET) }],
  ])('%s', async (_name, kind) => {
    const { url } = await startRelay();
    await crowd({ url, ...kind });
    expect(await deliverMany(url, 10)).toEqual(ALL_TAKEN);
  });

  it('eight bodies of 25 MB, and they fit into memory', async () => {
    const { url, process: relay } = await startRelay();
    const { header, payload } = ownDelivery('push-largest');
    const large = { header, payload: { ...payload, padding: 'x'.repeat(24 * 1024 * 1024) } };
    const sending = Promise.allSettled(Array.from({ length: 8 }, () => deliver({ url }, large)));
    expect(await deliverMany(url, 10)).toEqual(ALL_TAKEN);
    // They are read one after the other: on a slow machine the last ones run out of the time that a request has.
    const answers = (await sending).flatMap((each) => (each.status === 'fulfilled' ? [each.value.status] : []));
    expect(answers[0]).toBe(202);
    expect(answers).toEqual(answers.map(() => 202));
    const status = readFileSync(`/proc/${relay.process.pid}/status`, 'utf8');
    const peakMib = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
    // 783 MiB when each was read at once.
    expect(peakMib).toBeLessThan(512);
  });
});

describe('without the secret', () => {
  const ask = (url: string, head: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let said = '';
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(`${head}\r\nHost: x\r\n\r\n`));
      socket.on('data', (chunk) => {
        said += chunk.toString();
        if (said.includes('\r\n\r\n')) socket.end();
      });
      socket.on('close', () => resolve(said.split('\r\n')[0] ?? ''));
      socket.on('error', reject);
    });

  it.each(['POST //', 'POST http://', 'GET //?', 'nonsense', 'POST \u0001'])(
    '%j is refused, and nothing of it stands in the log',
    async (line) => {
      const relay = await startRelay();
      expect(await ask(relay.url, `${line} HTTP/1.1`)).toContain(' 400 ');
      await relay.stop();
      const { stdout, stderr } = await relay.process.ended;
      expect(stdout.split('\n')).toEqual([
        expect.stringContaining('taking deliveries'),
        expect.stringContaining('stopped'),
        '',
      ]);
      expect(stderr).toBe('');
    },
  );

  it('a head is no longer than 16 KiB', async () => {
    const { url } = await startRelay();
    expect(await ask(url, `POST /hooks/gitlab HTTP/1.1\r\nX: ${'x'.repeat(17_000)}`)).toContain(' 431 ');
  });
});

interface Own {
  readonly dir: string;
  readonly host?: string;
}

/** A relay in a directory of the test's own. */
const startIn = async ({ dir, host }: Own): Promise<{ readonly url: string; readonly running: Running }> => {
  writeFileSync(join(dir, 'relay.json'), JSON.stringify(settings()));
  const port = await freePort();
  const where = host === undefined ? [] : ['--host', host];
  const running = start(
    'chatops-up',
    ['relay', '--dir', dir, '--settings', 'relay.json', '--state', 'state', '--port', String(port), ...where],
    { env: { CHATOPS_HOOK_SECRET: HOOK_SECRET, CHATOPS_RELAY_TOKEN: mattermost().world.bot.token } },
  );
  ends.push(async () => {
    running.process.kill('SIGKILL');
    await running.ended;
  });
  await running.says('taking deliveries');
  return { url: `http://127.0.0.1:${port}`, running };
};

const newDirectory = (): string => mkdtempSync(join(tmpdir(), 'chatops-relay-'));

describe('where it listens', () => {
  const outside = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')?.address;
  if (outside === undefined) leftOut('an address of this machine for the relay', 'it has none but loopback');

  const healthAt = async (url: string): Promise<number | undefined> =>
    (await fetch(`${url.replace('127.0.0.1', outside ?? '')}/health`).catch(() => undefined))?.status;

  it.runIf(outside !== undefined)('is loopback alone, unless more is asked for', async () => {
    const { url } = await startIn({ dir: newDirectory() });
    expect(await healthAt(url)).toBeUndefined();
  });

  it.runIf(outside !== undefined)('is every address with --host "*"', async () => {
    const { url } = await startIn({ dir: newDirectory(), host: '*' });
    expect(await healthAt(url)).toBe(200);
  });
});

describe('a damaged memory', () => {
  it('is set aside and reported, and messages are posted as if there had been none', async () => {
    const dir = newDirectory();
    mkdirSync(join(dir, 'state'));
    const damaged = { version: 1, instance: 'x', seen: [], memory: {}, runs: [], outbox: [{ room: 'builds' }] };
    writeFileSync(join(dir, 'state', 'relay.json'), JSON.stringify(damaged));
    const { url } = await startIn({ dir });
    expect((await deliver({ url }, ownDelivery('job-failed'))).status).toBe(202);
    await arrived(1);
    const aside = readdirSync(join(dir, 'state')).find((name) => name.startsWith('relay.json.not-a-state.'));
    expect(JSON.parse(readFileSync(join(dir, 'state', aside ?? ''), 'utf8'))).toEqual(damaged);
  });
});

/** A file system of 256 KiB; undefined where this user may mount none. */
const smallDisk = (at: string): string | undefined => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', at], { stdio: 'pipe' });
    return at;
  } catch {
    return undefined;
  }
};

/**
 * Until nothing more fits, and no file of the relay's is being written: one that takes the place of another gives back
 * what that took, a moment after the disk was full.
 */
const fill = async (dir: string): Promise<void> => {
  await until(() => {
    expect(() => writeFileSync(join(dir, 'filler'), 'x'.repeat(1024 * 1024), { flag: 'a' })).toThrow('ENOSPC');
    return !readdirSync(dir).some((name) => name.endsWith('.new')) && statfsSync(dir).bfree === 0;
  });
};

describe('with a full disk', () => {
  const tried = mkdtempSync(join(tmpdir(), 'chatops-mount-'));
  const mayMount = smallDisk(tried) !== undefined;
  if (mayMount) execFileSync('umount', [tried]);
  else leftOut('the relay with a full disk', 'this user may mount no tmpfs');

  it.runIf(mayMount)('no delivery is answered for that a kill would lose, however often it is repeated', async () => {
    const dir = newDirectory();
    mkdirSync(join(dir, 'state'));
    smallDisk(join(dir, 'state'));
    ends.push(() => execFileSync('umount', [join(dir, 'state')]));
    await mattermost().sleep();
    const { url, running } = await startIn({ dir });
    const send = async (key: string, name: string) =>
      (await deliver({ url }, ownDelivery(name), { headers: { 'Idempotency-Key': key } })).status;
    expect(await send('one', 'job-failed')).toBe(202);
    await fill(join(dir, 'state'));
    const refused = [await send('two', 'tag-moved'), await send('two', 'tag-moved'), await send('one', 'job-failed')];
    expect(refused).toEqual([503, 503, 503]);
    running.process.kill('SIGKILL');
    await running.ended;
    execFileSync('rm', [join(dir, 'state', 'filler')]);
    const second = await startIn({ dir });
    await mattermost().wake();
    expect(
      (await deliver({ url: second.url }, ownDelivery('tag-moved'), { headers: { 'Idempotency-Key': 'two' } })).body,
    ).toMatchObject({ outcome: 'post' });
    await until(() => texts().length === 2);
    expect(texts()).toEqual([expect.stringMatching(/^Job/), expect.stringContaining('moved the tag')]);
  });
});
