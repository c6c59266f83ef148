import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { notifierScript } from '../../../src/notifier/notifier-script.ts';
import { answer } from '../../../src/notifier/rocketchat/answer.ts';
import { sha256Hex } from '../../../src/values/sha256.ts';
import { leftOutSuite } from '../../helpers/available.ts';
import { type Delivery, ownDeliveries, sampleDeliveries } from '../../unit/notifier/deliveries.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const installed = existsSync(`${here}.cache/built-${process.versions.modules}`);

const SECRET = 'the-secret-of-the-hook';
const OPTIONS = {
  locale: 'en',
  secretSha256: sha256Hex(SECRET),
  defaultRoom: 'builds',
  intermediate: true,
} as const;
/** Loaded machines run other things between ours; the least of some runs is what the script needs. */
const RUNS = 5;

interface Answered {
  readonly result: unknown;
  readonly leastMs: number;
}

interface Mode {
  readonly answers: readonly Answered[];
  readonly heapMb: number;
  readonly alive: boolean;
  readonly added: readonly string[];
  readonly absent: readonly string[];
}

interface Report {
  readonly report: Readonly<Record<string, Readonly<Record<string, Mode>>>>;
  readonly broken: { readonly memory: string; readonly time: string };
}

const deliveries: readonly Delivery[] = [...ownDeliveries(), ...(sampleDeliveries() ?? [])];

/** 7.x hands a script relative addresses, 8.x absolute ones with a host of its own. */
const requestFor =
  (base: string) =>
  ({ header, payload }: Delivery) => {
    const path = '/hooks/id/token?channel=ops';
    return {
      url: { hash: null, search: '?channel=ops', query: { channel: 'ops' }, pathname: '/hooks/id/token', path },
      url_raw: `${base}${path}`,
      url_params: { integrationId: 'id', token: 'token' },
      content: payload,
      content_raw: JSON.stringify(payload),
      headers: { 'x-gitlab-event': header, 'x-gitlab-token': SECRET, 'content-type': 'application/json' },
      body: payload,
      user: { _id: 'hubot', name: 'Hubot', username: 'hubot' },
    };
  };

const MODES = [
  ['7', 'transpiled'],
  ['8', 'transpiled'],
  ['8', 'as written, strict'],
] as const;

const judge = (): Report => {
  const versions = {
    7: { modes: ['transpiled'], requests: deliveries.map(requestFor('')) },
    8: { modes: ['transpiled', 'as written, strict'], requests: deliveries.map(requestFor('http://localhost')) },
  };
  const input = JSON.stringify({ script: notifierScript(OPTIONS), versions, runs: RUNS });
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--no-node-snapshot', `${here}judge.mjs`], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Report;
};

/** Without any sandbox, in the same order and as often, since each failure is remembered for what comes after. */
const askedOutside = (): readonly unknown[] => {
  const kept = new Map<string, unknown>();
  const store = { get: (key: string) => kept.get(key), set: (key: string, value: unknown) => kept.set(key, value) };
  return deliveries.map(requestFor('')).map((request) => {
    const asked = Array.from({ length: RUNS }, () => answer(request, OPTIONS, store) ?? null);
    return asked[0];
  });
};

if (!installed) {
  leftOutSuite(
    'Rocket.Chat’s sandbox (isolated-vm) as judge of the notifier',
    'not built; run test/judges/notifier-isolated-vm/install',
  );
} else {
  describe('Rocket.Chat’s own sandbox, with its globals and its 8 MB, as judge of the notifier', () => {
    let judged: Report;
    beforeAll(() => {
      judged = judge();
    });
    const modeOf = (version: string, mode: string): Mode => {
      const found = judged.report[version]?.[mode];
      if (!found) throw new Error(`not judged: ${version} ${mode}`);
      return found;
    };

    it('ends a script that wants more memory, and one that never ends: its limits limit', () => {
      expect(judged.broken.memory).toMatch(/memory limit|disposed/);
      expect(judged.broken.time).toMatch(/timed out/);
    });

    describe.each(MODES)('version %s, %s', (version, mode) => {
      it('has what the vendor adds to the language (`console` is V8’s own), and nothing of Node’s', () => {
        const { added, absent } = modeOf(version, mode);
        expect(added).toEqual(['global', 'ivm', 's', 'serverFetch']);
        expect(new Set(absent)).toEqual(new Set(['undefined']));
      });

      it('says of every payload what the script says outside of it', () => {
        const outside = askedOutside();
        expect(modeOf(version, mode).answers.map(({ result }) => result)).toEqual(outside);
        expect(outside.length).toBeGreaterThan(40);
      });

      it('needs at most 50 ms of CPU for each payload, the push of 4,711 commits included', () => {
        const slow = modeOf(version, mode)
          .answers.map(({ leastMs }, index) => ({ name: deliveries[index]?.name, leastMs }))
          .filter(({ leastMs }) => leastMs > 50);
        expect(slow).toEqual([]);
        expect(deliveries.map(({ name }) => name)).toContain('push-largest');
      });

      it('has answered them all, several times, in one isolate of 8 MB', () => {
        const { alive, heapMb, answers } = modeOf(version, mode);
        expect(alive).toBe(true);
        expect(heapMb).toBeLessThan(8);
        expect(answers).toHaveLength(deliveries.length);
      });
    });
  });
}
