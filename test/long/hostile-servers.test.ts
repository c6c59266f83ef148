/**
 * A chat, a GitLab and a Docker Engine that answer with what they were sent, and steer the terminal: whatever the
 * command and the status, no secret and no control character is printed or written for people.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Process, runProgram } from '../../src/cli/program.ts';
import { reportError } from '../../src/cli/report-error.ts';
import { createKnownSecrets } from '../../src/values/words/known-secrets.ts';
import { createOutlet } from '../../src/values/words/outlet.ts';
import { aStack, run, type TestStack } from '../helpers/cli.ts';
import { type HostileServer, startHostileServer } from '../helpers/hostile-server.ts';

/** Written otherwise in every form that there is. */
const PLANTED: Readonly<Record<string, string>> = {
  CHATOPS_ADMIN_PASSWORD: `Mq4v"3%/w+x&'Qz7-pLm<9`,
  CHATOPS_BOT_PASSWORD: `Robot/8$+Vn"kW2?yT=6%r`,
  CHATOPS_GITLAB_TOKEN: 'token.of/Maintainer+5xQ9',
  CHATOPS_HOOK_SECRET: `hook~7Kd&"bZ4/m+T%q2=Wv`,
};

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Without the characters at the edges, which also hold what stood beside them. */
const base64 = (text: string): readonly string[] =>
  [0, 1, 2].map((before) => {
    const whole = Buffer.from(`${'-'.repeat(before)}${text}`)
      .toString('base64')
      .replace(/=+$/, '');
    return whole.slice(before === 0 ? 0 : 4, -3);
  });

const formsOf = (secret: string): readonly string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  JSON.stringify(JSON.stringify(secret)).slice(3, -3),
  encodeURIComponent(secret),
  new URLSearchParams({ a: secret }).toString().slice(2),
  Buffer.from(secret).toString('hex'),
  createHash('sha256').update(secret).digest('hex'),
  secret.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '&#39;'),
  ...base64(secret),
  ...base64(JSON.stringify(secret).slice(1, -1)),
];

const WINDOW = 10;

/** Of each planted secret that is in the text the name, and what of it. */
const secretsIn = (text: string): readonly string[] =>
  Object.entries(PLANTED).flatMap(([name, secret]) =>
    formsOf(secret).flatMap((form) => {
      const windows = [...Array(form.length - WINDOW + 1).keys()].map((at) => form.slice(at, at + WINDOW));
      const found = windows.find((part) => text.includes(part));
      return found === undefined ? [] : [`${name}: ${found}`];
    }),
  );

const STEERING = /(?:(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff]).{0,20}/gu;

/** The texts of the documents that it consists of, one a line or one as a whole. */
const textsIn = (output: string): string => {
  const texts: string[] = [];
  for (const document of [output, ...output.split('\n')]) {
    try {
      JSON.parse(document, (_key, value) => {
        if (typeof value === 'string') texts.push(value);
      });
    } catch {
      // No document: its text is looked at as it is.
    }
  }
  return texts.join('\n');
};

const faultsIn = (output: string): readonly string[] => {
  const whole = `${output}\n${textsIn(output)}`;
  return [...secretsIn(whole), ...(whole.match(STEERING) ?? []).map((found) => JSON.stringify(found))];
};

interface Said {
  readonly status: number;
  readonly said: string;
}

/** The program without a process of its own: what it says is what would leave. */
const call = async (stack: TestStack, words: readonly string[]): Promise<Said> => {
  let said = '';
  const known = createKnownSecrets({});
  const outlet = createOutlet((text) => {
    said += text;
  }, known.clean);
  const process: Process = {
    argv: [...words, '--dir', stack.dir, '--engine', 'embedded'],
    env: { CHATOPS_MONGOD: '', CHATOPS_NGINX: '' },
    cwd: stack.dir,
    isTerminal: false,
    out: outlet,
    err: outlet,
    known,
    signal: new AbortController().signal,
    version: '1.2.3',
  };
  const status = await runProgram(process).catch((thrown: unknown) => reportError(thrown, process));
  return { status, said };
};

const LOOKING: readonly (readonly string[])[] = [['plan'], ['status', '--start'], ['doctor'], ['up']];
const ASKING: readonly (readonly string[])[] = [
  ['rotate', 'hook-secret'],
  ['simulate', 'push', '--public', '--wait', '500ms'],
];
const COMMANDS = [...LOOKING, ...ASKING].flatMap((words) => [words.join(' '), [...words, '--json'].join(' ')]);
const REPORT = join(mkdtempSync(join(tmpdir(), 'chatops-hostile-')), 'report.xml');
const SMOKES = [`smoke --public --deadline 8s --junit ${REPORT}`, 'smoke --public --deadline 8s --json'];

/** Each may take no longer: a server that refuses is asked again until then. */
const NODES = ['rocketchat-setup', 'gitlab-setup', 'bot', 'nginx', 'conversation', 'announcement'];
const ANNOUNCE = 'announce: [{ project: people/app, room: ops, events: [push] }]';

/** @param hurried the nodes that ask a hostile server; those that ask servers of ours have the time that they need */
const plantedStack = async (config: string, hurried: readonly string[] = NODES): Promise<TestStack> => {
  const timeouts = `timeouts: { ${hurried.map((name) => `${name}: 2s`).join(', ')} }\n`;
  const stack = await aStack(`name: demo\nrunner: false\n${config}${timeouts}`);
  const quoted = (value: string): string => (value.includes("'") ? JSON.stringify(value) : `'${value}'`);
  stack.write(
    '.env',
    Object.entries(PLANTED)
      .map(([name, value]) => `${name}=${quoted(value)}\n`)
      .join(''),
  );
  return stack;
};

/** What users look into; what servers that are played keep is their own. */
const filesIn = (dir: string): readonly string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/\/\.env$|\/\.chatops\/embedded\//.test(path));

const faultsOfFiles = ({ dir }: TestStack): readonly string[] =>
  filesIn(dir).flatMap((path) => faultsIn(readFileSync(path, 'utf8')).map((fault) => `${path}: ${fault}`));

/** One command against servers of its own: nothing waits for the lock of another one. */
interface Attempt extends Said {
  readonly command: string;
  readonly stack: TestStack;
  /** That reached the hostile servers. */
  readonly requests: number;
}

type MakeStack = (servers: readonly HostileServer[]) => Promise<TestStack>;

const STATUSES = [200, 401, 403, 404, 429, 500];

/** One command after another: the later ones look at what the first one made. */
const attemptAll = async (
  status: number,
  servers: number,
  makeStack: MakeStack,
  commands: readonly string[],
): Promise<readonly Attempt[]> => {
  const hostile = await Promise.all([...Array(servers)].map(() => startHostileServer(status)));
  const asked = (): number => hostile.reduce((sum, server) => sum + server.requests(), 0);
  const stack = await makeStack(hostile);
  const attempts: Attempt[] = [];
  for (const command of commands) {
    const before = asked();
    const said = await call(stack, command.split(' '));
    attempts.push({ ...said, command, stack, requests: asked() - before });
  }
  await Promise.all(hostile.map((server) => server.stop()));
  return attempts;
};

// What a command needs is read when it is first called: before any deadline counts that.
beforeAll(async () => {
  await attemptAll(
    500,
    1,
    ([gitlab]) => plantedStack(`chat: { url: "${gitlab?.url}", rooms: [ops] }\ngitlab: none\n`),
    ['smoke --public --json'],
  );
});

describe.each(STATUSES)('a chat and a GitLab that echo, with status %i', (status) => {
  const attempts = new Map<string, Attempt>();
  /** Their front door echoes as well. */
  const smoked: Attempt[] = [];

  const configOf = ([chat, gitlab]: readonly HostileServer[]): string =>
    `chat: { url: "${chat?.url}", rooms: [ops] }\ngitlab: { url: "${gitlab?.url}", ${ANNOUNCE} }\n`;
  const besideDoor: MakeStack = (servers) => plantedStack(configOf(servers));
  const behindDoor: MakeStack = (servers) =>
    plantedStack(`${configOf(servers)}ports: { http: ${new URL(servers[0]?.url ?? '').port} }\n`);

  // All at the same time: most of what they take is the wait for deadlines.
  beforeAll(async () => {
    const looked = COMMANDS.map((command) => attemptAll(status, 2, besideDoor, [command]));
    const proven = SMOKES.map((command) => attemptAll(status, 2, behindDoor, [command]));
    for (const each of (await Promise.all(looked)).flat()) attempts.set(each.command, each);
    smoked.push(...(await Promise.all(proven)).flat());
  });

  it.each(COMMANDS)('%s prints no secret and steers no terminal', (command) => {
    const attempted = attempts.get(command);
    expect(attempted?.requests).toBeGreaterThan(0);
    expect(attempted?.said).not.toBe('');
    expect(faultsIn(attempted?.said ?? '')).toEqual([]);
  });

  it.each(COMMANDS)('what %s writes for people holds neither', (command) => {
    const attempted = attempts.get(command);
    expect(attempted && faultsOfFiles(attempted.stack)).toEqual([]);
  });

  it('smoke prints no secret and steers no terminal, and its report neither', () => {
    expect(smoked.map(({ requests }) => requests > 0)).toEqual([true, true]);
    expect(smoked.flatMap(({ said, stack }) => [...faultsIn(said), ...faultsOfFiles(stack)])).toEqual([]);
    expect(faultsIn(readFileSync(REPORT, 'utf8'))).toEqual([]);
  });
});

describe.each(STATUSES)('a GitLab that echoes beside a chat of ours, with status %i', (status) => {
  const SERIES = [
    ['up', 'plan'],
    ['up --json', 'status --start --json'],
  ];
  const commands = SERIES.flat();
  const attempts = new Map<string, Attempt>();

  const besideOurs: MakeStack = ([gitlab]) =>
    plantedStack(`chat: { rooms: [ops] }\ngitlab: { url: "${gitlab?.url}", ${ANNOUNCE} }\n`, [
      'gitlab-setup',
      'announcement',
    ]);

  beforeAll(async () => {
    const all = await Promise.all(SERIES.map((series) => attemptAll(status, 1, besideOurs, series)));
    for (const each of all.flat()) attempts.set(each.command, each);
  });

  it.each(commands)('%s prints no secret and steers no terminal', (command) => {
    const attempted = attempts.get(command);
    expect(attempted?.requests).toBeGreaterThan(0);
    expect(faultsIn(attempted?.said ?? '')).toEqual([]);
  });

  it.each(commands)('what %s writes for people holds neither', (command) => {
    const attempted = attempts.get(command);
    expect(attempted && faultsOfFiles(attempted.stack)).toEqual([]);
  });
});

describe('the programs themselves', () => {
  let chat: HostileServer;
  let stack: TestStack;

  beforeAll(async () => {
    chat = await startHostileServer(401);
    stack = await plantedStack(`chat: { url: "${chat.url}", rooms: [ops] }\ngitlab: none\n`);
  });

  afterAll(() => chat.stop());

  it('say what the server said, without what nobody is to see', async () => {
    chat.say('application/json');
    const { stdout, stderr, status } = await stack.command('plan');
    expect(status).toBe(1);
    expect(stderr).toContain('LOGIN_REFUSED');
    expect(stderr).toContain('\\x1b]0;owned\\x07');
    expect(stderr).toContain('"password":"‹CHATOPS_ADMIN_PASSWORD›"');
    expect(faultsIn(`${stdout}${stderr}`)).toEqual([]);
  });

  it('say as little of variables of the environment', async () => {
    const { CHATOPS_ADMIN_PASSWORD = '', ...rest } = PLANTED;
    stack.write(
      '.env',
      Object.entries(rest)
        .map(([name, value]) => `${name}='${value}'\n`)
        .join(''),
    );
    const { stdout, stderr } = await stack.command('status', ['--start', '--json'], {
      env: { CHATOPS_ADMIN_PASSWORD },
    });
    expect(stdout).toContain('‹CHATOPS_ADMIN_PASSWORD›');
    expect(faultsIn(`${stdout}${stderr}`)).toEqual([]);
  });

  it.each([
    ['http', (url: string) => ['http', `${url}/x`]],
    ['rocketchat', (url: string) => ['rocketchat', url]],
    ['gitlab', (url: string) => ['gitlab', url, '--token-from', 'CHATOPS_GITLAB_TOKEN']],
  ])('chatops-probe %s prints no secret and steers no terminal', async (_kind, words) => {
    for (const args of [[], ['--json']]) {
      const { stdout, stderr, status } = await run('chatops-probe', [...words(chat.url), ...args], { env: PLANTED });
      expect(status).toBe(1);
      expect(faultsIn(`${stdout}${stderr}`)).toEqual([]);
    }
  });

  it.each(['status', 'logs'])('%s of a Docker Engine that echoes', async (name) => {
    const DOCKER_HOST = chat.url.replace('http', 'tcp');
    const ended = await run('chatops-up', [name, '--dir', stack.dir, '--engine', 'docker'], {
      env: { ...PLANTED, DOCKER_HOST },
    });
    expect(ended.status).not.toBe(0);
    expect(faultsIn(`${ended.stdout}${ended.stderr}`)).toEqual([]);
  });
});
