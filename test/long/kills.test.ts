/** Killed at any moment, or met by any fault of a server: the next run goes on, and nothing is there twice. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { aStack, type Ended, start, type TestStack } from '../helpers/cli.ts';
import { type Json, keepUp, type LiveStack } from '../helpers/live.ts';
import { createRandom, seed } from '../helpers/random.ts';

const CONFIG = `name: demo
chat:
  rooms: [ops, ci, { name: board, kind: private, members: [alice] }]
  users: [alice, bob]
gitlab:
  announce:
    - { project: chatops/hello, room: ci, events: [push, pipeline] }
    - { project: chatops/hello, room: ops, events: [push] }
runner: { description: demo runner, tags: [docker] }
`;

/** Everything of ours by name, as often as it is there. */
const namesOf = async ({ chat, gitlab }: LiveStack): Promise<Record<string, readonly string[]>> => {
  const sorted = (list: readonly Json[], key: string): readonly string[] => list.map((each) => each[key]).sort();
  const hooks: Json[] = await gitlab('GET', '/projects/chatops%2Fhello/hooks');
  return {
    users: sorted((await chat('GET', 'users.list?count=100')).users, 'username'),
    channels: sorted((await chat('GET', 'channels.list?count=100')).channels, 'name'),
    groups: sorted((await chat('GET', 'groups.listAll?count=100')).groups, 'name'),
    board: sorted((await chat('GET', 'groups.members?roomName=board')).members, 'username'),
    integrations: sorted((await chat('GET', 'integrations.list?count=100')).integrations, 'name'),
    projects: sorted(await gitlab('GET', '/projects?per_page=100'), 'path_with_namespace'),
    gitlabGroups: sorted(await gitlab('GET', '/groups?per_page=100'), 'full_path'),
    hooks: hooks.map(({ url }) => new URL(url).search).sort(),
    runners: sorted(await gitlab('GET', '/runners/all?per_page=100'), 'description'),
    commits: sorted(await gitlab('GET', '/projects/chatops%2Fhello/repository/commits'), 'title'),
  };
};

const ONCE = {
  users: ['alice', 'bob', 'chief', 'hubot', 'rocket.cat'],
  channels: ['ci', 'general', 'ops'],
  groups: ['board'],
  board: ['alice', 'chief', 'hubot'],
  integrations: ['chatops-up:demo gitlab'],
  projects: ['chatops/hello'],
  gitlabGroups: ['chatops'],
  hooks: ['?channel=ci', '?channel=ops'],
  runners: ['demo runner'],
  commits: [expect.any(String)],
};

/** A run without faults that ends well; what is there after it. */
const converge = async (stack: TestStack): Promise<{ ended: Ended; names: Record<string, readonly string[]> }> => {
  const live = await keepUp(stack);
  const names = await namesOf(live);
  return { ended: await live.end(), names };
};

/** A first run says about this many lines. */
const LINES = 50;

interface Moment {
  readonly line: number;
  /** Milliseconds after that line. */
  readonly later: number;
}

const killAt = async (stack: TestStack, { line, later }: Moment): Promise<void> => {
  const running = start('chatops-up', ['up', '--dir', stack.dir, '--engine', 'embedded']);
  let lines = 0;
  const reached = new Promise<void>((resolve) => {
    running.process.stdout?.on('data', (text: string) => {
      lines += text.split('\n').length - 1;
      if (lines >= line) resolve();
    });
  });
  await Promise.race([reached, running.ended]);
  await sleep(later);
  running.process.kill('SIGKILL');
  await running.ended;
};

describe(`a run killed in the middle (CHATOPS_SEED=${seed})`, () => {
  const random = createRandom(seed);
  const moment = (): Moment => ({ line: 1 + Math.floor(random() * LINES), later: Math.floor(random() * 40) });
  const pairs = Array.from({ length: 4 }, () => [moment(), moment()] as const);

  for (const [first, second] of pairs) {
    const shown = [first, second].map(({ line, later }) => `line ${line} + ${later} ms`).join(', then at ');
    it(`at ${shown}: the next run converges, nothing is there twice, the one after writes nothing`, async () => {
      const stack = await aStack(CONFIG);
      await killAt(stack, first);
      await killAt(stack, second);
      const { ended, names } = await converge(stack);
      expect(ended.stderr).toBe('');
      expect(ended.status, ended.stdout).toBe(0);
      expect(names).toEqual(ONCE);
      const quiet = await stack.up();
      expect(quiet.status, quiet.stdout).toBe(0);
      expect(quiet.stdout).toContain('0 changes');
      expect(stack.writes()).toEqual([]);
    });
  }
});

type Effect = Readonly<Record<string, unknown>>;

interface Fault {
  readonly what: string;
  readonly http: Effect;
  readonly mongo: Effect;
  readonly afterWork?: boolean;
}

const NOT_NOW = { kind: 'code', code: 91, codeName: 'ShutdownInProgress' };
const RESET = { kind: 'reset' };
/** Rocket.Chat names the end of its window, GitLab the seconds to wait. */
const TOO_MANY = {
  kind: 'status',
  status: 429,
  headers: { 'Retry-After': '1', 'X-RateLimit-Reset': String(Date.now()) },
  body: '{"success":false}',
};
const FAULTS: readonly Fault[] = [
  { what: '429', http: TOO_MANY, mongo: NOT_NOW },
  { what: '500', http: { kind: 'status', status: 500, body: 'Oops' }, mongo: NOT_NOW },
  { what: '502 as a page of HTML', http: { kind: 'html', status: 502 }, mongo: NOT_NOW },
  { what: 'a cut connection', http: RESET, mongo: RESET },
  { what: 'a slow answer', http: { kind: 'delay', ms: 300 }, mongo: { kind: 'delay', ms: 300 } },
  { what: '500 after the work was done', http: { kind: 'status', status: 500 }, mongo: RESET, afterWork: true },
  { what: 'a cut connection after the work was done', http: RESET, mongo: RESET, afterWork: true },
];

/** One write of each job: those that need nobody, the one behind them, the last two. */
const CALLS = [
  [
    ['mongo', 'replSetInitiate'],
    ['rocketchat', 'POST /api/v1/integrations.create'],
    ['gitlab', 'POST /api/v4/user/runners'],
  ],
  [['gitlab', 'POST /api/v4/projects/[^/]+/hooks$']],
  [
    ['rocketchat', 'POST /api/v1/chat.(postMessage|sendMessage)'],
    ['gitlab', 'POST /api/v4/projects/[^/]+/pipeline$'],
  ],
] as const;

const faultsOf = (
  { http, mongo, afterWork = false }: Fault,
  calls: readonly (typeof CALLS)[number][number][],
): string => {
  const rules: Record<string, object[]> = {};
  for (const [service, match] of calls) {
    rules[service] = [...(rules[service] ?? []), { match, effect: service === 'mongo' ? mongo : http, afterWork }];
  }
  return JSON.stringify(rules);
};

/** Every failure it reports is one that we foresaw, and says where. */
const FORESEEN =
  /^(RATE_LIMITED|UNEXPECTED_ANSWER|UNREACHABLE|JOB_FAILED|SERVICE_FAILED) {2}.*(users?|rooms?|webhook|runner|hook|project|pipeline|message|GitLab|Rocket\.Chat|replica set|mongo|127\.0\.0\.1).*\n( {2}why .*\n)?( {2}held .*\n)? {2}next /m;

describe.concurrent('a server that answers a write with', () => {
  for (const fault of FAULTS) {
    it(`${fault.what}: done, or a clear error; without it the next run converges and nothing is there twice`, async () => {
      const stack = await aStack(CONFIG);
      const written: string[] = [];
      for (const passed of CALLS.keys()) {
        const met = await stack.up([], { env: { CHATOPS_FAULTS: faultsOf(fault, CALLS.slice(passed).flat()) } });
        written.push(...stack.writes());
        expect(met.stdout).not.toMatch(/^(INTERNAL|JOB_NOT_CONVERGING) /m);
        if (met.status === 0) break;
        expect(met.stdout).toMatch(FORESEEN);
      }
      for (const call of CALLS.flat()) {
        expect(written).toContainEqual(expect.stringMatching(new RegExp(call.join(' '))));
      }
      const { ended, names } = await converge(stack);
      expect(ended.stderr).toBe('');
      expect(ended.status, ended.stdout).toBe(0);
      expect(names).toEqual(ONCE);
    });
  }
});
