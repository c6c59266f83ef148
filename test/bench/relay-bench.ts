/** What `npm run bench:relay` measures. Called by relay.mjs with the folder of the built program. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CrowdOptions, DRIPPING_HEAD, drippingBody, sendCrowd } from '../helpers/crowds.ts';
import { freePort } from '../helpers/free-port.ts';
import { deliver, HOOK_SECRET, until } from '../helpers/relay.ts';
import { type RunningMattermost, startMattermost } from '../standins/mattermost/start-mattermost.ts';

const { values, positionals } = parseArgs({ options: { program: { type: 'string' } }, allowPositionals: true });
const program = values.program ?? join(positionals[0] ?? '', 'chatops-up.mjs');
/** A program that was compiled runs by itself. */
const [command, ...before] = /\.m?js$/.test(program) ? [process.execPath, program] : [program];

const DELIVERIES = 30;
const MOST_MS = 1_000;
const MOST_MIB = 512;
/** Nearly the largest that a forge sends. */
const LARGE = 24.5 * 1024 * 1024;

interface Relay {
  readonly url: string;
  readonly process: ChildProcess;
}

interface Row {
  readonly what: string;
  readonly taken: number;
  readonly slowestMs: number;
  readonly peakMib: number;
}

const startRelay = async (mattermost: RunningMattermost, dir: string): Promise<Relay> => {
  const settings = { to: 'mattermost', url: mattermost.url, team: 'works', channels: { builds: 'builds' } };
  writeFileSync(join(dir, 'relay.json'), JSON.stringify(settings));
  const port = await freePort();
  const args = ['relay', '--settings', join(dir, 'relay.json'), '--state', join(dir, 'state'), '--port', String(port)];
  const child = spawn(command ?? '', [...before, ...args], {
    cwd: dir,
    env: { ...process.env, CHATOPS_HOOK_SECRET: HOOK_SECRET, CHATOPS_RELAY_TOKEN: mattermost.world.bot.token },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  await until(
    async () => child.exitCode !== null || (await fetch(`${url}/health`).catch(() => undefined)) !== undefined,
  );
  if (child.exitCode !== null) throw new Error(`the relay ended with ${child.exitCode}`);
  return { url, process: child };
};

/** Says nothing in a room: only the relay is measured. */
const SMALL = { header: 'Push Hook', payload: { object_kind: 'push', commits: [] } };

const peakOf = ({ process: child }: Relay): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024;

const measure = async (what: string, relay: Relay): Promise<Row> => {
  let taken = 0;
  let slowestMs = 0;
  for (let left = DELIVERIES; left > 0; left -= 1) {
    const begun = performance.now();
    // As a forge does: a connection for each.
    const answer = await deliver(relay, SMALL, {
      headers: { Connection: 'close', 'Idempotency-Key': `${what} ${left}` },
    }).catch(() => undefined);
    if (answer?.status === 202) taken += 1;
    slowestMs = Math.max(slowestMs, performance.now() - begun);
  }
  return { what, taken, slowestMs, peakMib: peakOf(relay) };
};

const underCrowd = async (what: string, relay: Relay, crowd: Omit<CrowdOptions, 'url'>): Promise<Row> => {
  const came = await sendCrowd({ url: relay.url, ...crowd });
  try {
    return await measure(what, relay);
  } finally {
    came.leave();
  }
};

/** Put together before anything is measured, which would wait for it. */
const LARGE_BODY = Buffer.from(JSON.stringify({ ...SMALL.payload, padding: 'x'.repeat(LARGE) }));

const sendLarge = async ({ url }: Relay): Promise<number | undefined> => {
  const headers = { 'Content-Type': 'application/json', 'X-Gitlab-Event': 'Push Hook', 'X-Gitlab-Token': HOOK_SECRET };
  const sent = fetch(`${url}/hooks/gitlab?channel=builds`, { method: 'POST', headers, body: LARGE_BODY });
  return (await sent.catch(() => undefined))?.status;
};

const underLargeBodies = async (what: string, relay: Relay): Promise<Row> => {
  const sending = Array.from({ length: 8 }, () => sendLarge(relay));
  const row = await measure(what, relay);
  const lost = (await Promise.all(sending)).filter((status) => status !== 202).length;
  return {
    ...row,
    what: `${what}, ${lost} of them not taken`,
    taken: lost === 0 ? row.taken : 0,
    peakMib: peakOf(relay),
  };
};

type Measure = (relay: Relay) => Promise<Row>;

const MEASURES: readonly Measure[] = [
  (relay) => measure('nothing else', relay),
  (relay) => underCrowd('256 idle connections', relay, { count: 256 }),
  (relay) => underCrowd('1000 idle connections, renewed when ended', relay, { count: 1_000 }),
  (relay) => underCrowd('500 heads that drip', relay, { count: 500, ...DRIPPING_HEAD }),
  (relay) => underCrowd('500 bodies that drip, with the secret', relay, { count: 500, ...drippingBody(HOOK_SECRET) }),
  (relay) => underLargeBodies('8 bodies of 24.5 MiB', relay),
];

const holds = ({ taken, slowestMs, peakMib }: Row): boolean =>
  taken === DELIVERIES && slowestMs <= MOST_MS && peakMib <= MOST_MIB;

const textOf = (row: Row): string =>
  [
    holds(row) ? 'holds ' : 'MISSED',
    `${row.taken} of ${DELIVERIES} taken`,
    `slowest ${Math.round(row.slowestMs)} ms (≤ ${MOST_MS})`,
    `peak ${Math.round(row.peakMib)} MiB (≤ ${MOST_MIB})`,
    row.what,
  ].join('  ');

const dir = mkdtempSync(join(tmpdir(), 'chatops-relay-bench-'));
const mattermost = await startMattermost();
try {
  for (const each of MEASURES) {
    const relay = await startRelay(mattermost, dir);
    try {
      const row = await each(relay);
      process.stdout.write(`${textOf(row)}\n`);
      if (!holds(row)) process.exitCode = 3;
    } finally {
      relay.process.kill('SIGKILL');
      await once(relay.process, 'close');
    }
  }
} finally {
  await mattermost.stop();
  rmSync(dir, { recursive: true, force: true });
}
