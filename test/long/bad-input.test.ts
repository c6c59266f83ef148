/** Whatever is wrong with what a user gave: what, why and next, the right exit status, and nothing half-written. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { aStack, type RunOptions, run, start, type TestStack } from '../helpers/cli.ts';
import { freePort } from '../helpers/free-port.ts';
import { keepUp } from '../helpers/live.ts';

/** Every path below a folder with its content. */
const contents = (dir: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(dir, { recursive: true })
      .map(String)
      .sort()
      .map((path) => [path, statSync(join(dir, path)).isFile() ? readFileSync(join(dir, path), 'utf8') : '']),
  );

const folder = (files: Readonly<Record<string, string>> = {}): string => {
  const dir = mkdtempSync(join(tmpdir(), 'chatops-bad-'));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(dir, path), text);
  return dir;
};

const config = (yaml: string) => ({ 'chatops.yaml': yaml });

interface Case {
  readonly what: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly dir?: () => string;
  /** Default: `up`. */
  readonly args?: readonly string[];
  readonly env?: RunOptions['env'];
  readonly status: 1 | 64 | 78;
  /** Of what stands on standard error. */
  readonly says: RegExp;
}

const CONFIG_CASES: readonly Omit<Case, 'status'>[] = [
  {
    what: 'an unknown key',
    files: config('chat: { romms: [ops] }\n'),
    says: /chatops\.yaml:1:9 chat\.romms: unknown key `romms`[\s\S]*fix: write `rooms`/,
  },
  {
    what: 'a wrong type',
    files: config('chat:\n  rooms: 5\n'),
    says: /chatops\.yaml:2:10 chat\.rooms: must be a list, not `5`/,
  },
  {
    what: 'a room named twice',
    files: config('chat:\n  rooms: [ops, ci, ops]\n'),
    says: /chatops\.yaml:2:20 chat\.rooms\[2\].*ops/,
  },
  {
    what: 'a room name the server would refuse',
    files: config('chat: { rooms: ["a b"] }\n'),
    says: /chatops\.yaml:1:17 chat\.rooms\[0\]/,
  },
  {
    what: 'a room member nobody knows',
    files: config('chat: { rooms: [{ name: ops, members: [zed] }] }\n'),
    says: /no user is called `zed`/,
  },
  {
    what: 'an announcement to a room that is not there',
    files: config('gitlab: { announce: [{ project: a/b, room: nowhere, events: [push] }] }\n'),
    says: /gitlab\.announce\[0\]\.room: no room is called `nowhere`/,
  },
  {
    what: 'text that is no YAML',
    files: config('name: [demo\n'),
    says: /chatops\.yaml:2:1: not valid YAML: .*not closed/,
  },
  { what: 'an empty file', files: config(''), says: /the file is empty[\s\S]*chatops-up init/ },
  {
    what: 'several problems at once, each with its place',
    files: config('nam: x\nchat: { rooms: 5 }\nports: { http: 99999 }\n'),
    says: /3 problems[\s\S]*:1:1 nam[\s\S]*:2:16 chat\.rooms[\s\S]*:3:16 ports\.http/,
  },
  {
    what: 'a name with what nginx, YAML or a shell would read',
    files: config('name: "a; rm -rf ${HOME}"\n'),
    says: /chatops\.yaml:1:7 name/,
  },
  {
    what: 'a domain that would end an nginx directive',
    files: config('domain: "x; } evil {"\n'),
    says: /chatops\.yaml:1:9 domain/,
  },
  {
    what: 'a room with a line feed in its name',
    files: config('chat: { rooms: ["a\\nb"] }\n'),
    says: /chat\.rooms\[0\]/,
  },
  {
    what: 'a variable where a number belongs',
    files: config('mongo: { members: "${N}" }\n'),
    says: /mongo\.members: must be a number, not the text `\$\{N\}`/,
  },
];

const CASES: readonly Case[] = [
  ...CONFIG_CASES.map((each): Case => ({ ...each, status: 78 })),
  {
    what: 'a file of 10 MB',
    files: config(`# ${'x'.repeat(10 * 1024 * 1024)}\n`),
    status: 78,
    says: /^CONFIG_TOO_LARGE {2}.* has 104\d+ bytes/,
  },
  {
    what: 'a .env that is none',
    files: { ...config('name: demo\n'), '.env': 'A=1\nwhat is this\n' },
    status: 78,
    says: /^ENV_FILE_DAMAGED {2}\.env:2 cannot be read/,
  },
  {
    what: 'a secret that GitLab would refuse',
    files: { ...config('name: demo\n'), '.env': 'GITLAB_ROOT_PASSWORD=sh0rt\n' },
    status: 78,
    says: /^SECRET_REFUSED {2}GITLAB_ROOT_PASSWORD in \.env(?![\s\S]*sh0rt)/,
  },
  {
    what: 'a secret that Rocket.Chat would refuse',
    files: { ...config('name: demo\n'), '.env': 'CHATOPS_ADMIN_PASSWORD=aaaaaaaaaa\n' },
    status: 78,
    says: /^SECRET_REFUSED {2}CHATOPS_ADMIN_PASSWORD(?![\s\S]*aaaaaaaaaa)/,
  },
  {
    what: 'an unknown command',
    args: ['frobnicate'],
    status: 64,
    says: /^USAGE[\s\S]*there is no command "frobnicate"; there are up, plan/,
  },
  { what: 'an unknown option', args: ['up', '--bogus'], status: 64, says: /unknown option '--bogus'/ },
  { what: 'an engine that is none', args: ['up', '--engine', 'x'], status: 64, says: /auto, docker, embedded/ },
  { what: '--set without a value', args: ['up', '--set', 'nonsense'], status: 64, says: /give it as key=value/ },
  {
    what: '--set of an unknown key',
    args: ['up', '--set', 'chat.romms=[a]'],
    status: 64,
    says: /did you mean chat\.rooms\?/,
  },
  { what: 'a plan without chatops.yaml', args: ['plan'], status: 78, says: /^CONFIG_MISSING[\s\S]*chatops-up init/ },
  { what: 'a status without chatops.yaml', args: ['status'], status: 78, says: /^CONFIG_MISSING/ },
  {
    what: 'a removal of data that nobody agreed to',
    args: ['down', '--volumes'],
    files: config('name: demo\n'),
    status: 64,
    says: /add --yes/,
  },
  {
    what: 'init where there is a chatops.yaml',
    args: ['init'],
    files: config('name: demo\n'),
    status: 1,
    says: /^CONFLICT[\s\S]*init never writes over one/,
  },
  {
    what: 'faults that are no JSON',
    env: { CHATOPS_FAULTS: '[[' },
    status: 64,
    says: /^USAGE {2}CHATOPS_FAULTS[\s\S]*not JSON/,
  },
  {
    what: 'faults of a kind that is none',
    env: { CHATOPS_FAULTS: '{"gitlab":[{"match":"(","effect":{"kind":"wat"}}]}' },
    status: 64,
    says: /gitlab\.0\.match: not a regular expression[\s\S]*gitlab\.0\.effect\.kind/,
  },
  { what: 'a speed that is no number', env: { CHATOPS_SPEED: 'fast' }, status: 64, says: /^USAGE {2}CHATOPS_SPEED/ },
  {
    what: 'an nginx that is not there',
    env: { CHATOPS_NGINX: '/nope' },
    status: 64,
    says: /^USAGE {2}CHATOPS_NGINX names no program/,
  },
  {
    what: 'a mongod that is no program',
    env: { CHATOPS_MONGOD: '/etc/passwd' },
    status: 64,
    says: /^USAGE {2}CHATOPS_MONGOD names no program/,
  },
];

const ended = async ({ dir = '', args = ['up'], env }: { dir?: string; args?: readonly string[] } & RunOptions) =>
  run('chatops-up', [...args, '--dir', dir, ...(args.includes('--engine') ? [] : ['--engine', 'embedded'])], {
    ...(env === undefined ? {} : { env }),
  });

/** `CODE  what`, then its why and next. */
const FORM = /^[A-Z_]+ {2}\S.*\n( {2}why {3}\S[\s\S]*\n)? {2}next {2}\S/;

describe('what a user gave is refused', () => {
  describe.concurrent('with what, why and next, and nothing is written', () => {
    for (const { what, files = {}, args = ['up'], env = {}, status, says } of CASES) {
      it(`${what}: exit status ${status}`, async () => {
        const dir = folder(files);
        const before = contents(dir);
        const refused = await ended({ dir, args, env });
        expect(refused.stderr).toMatch(FORM);
        expect(refused.stderr).toMatch(says);
        expect(refused.status).toBe(status);
        expect(refused.stdout).toBe('');
        expect(contents(dir)).toEqual(before);
        rmSync(dir, { recursive: true });
      });
    }
  });

  it('a directory below a file, and one where nothing can be made', async () => {
    const dir = folder({ file: 'x' });
    const below = await ended({ dir: join(dir, 'file', 'stack') });
    expect(below.stderr).toMatch(/^CONFIG_UNREADABLE {2}.*file\/stack/);
    expect(below.status).toBe(78);
    const proc = await ended({ dir: '/proc/self' });
    expect(proc.stderr).toMatch(/^DIRECTORY_UNUSABLE {2}\/proc\/self.*\n {2}why/);
    expect(proc.status).toBe(1);
    expect(contents(dir)).toEqual({ file: 'x' });
  });

  it('a chatops.yaml that is a directory', async () => {
    const dir = folder();
    mkdirSync(join(dir, 'chatops.yaml'));
    const refused = await ended({ dir });
    expect(refused.stderr).toMatch(/^CONFIG_UNREADABLE {2}.*chatops\.yaml cannot be read\n {2}why/);
    expect(refused.status).toBe(78);
    expect(contents(dir)).toEqual({ 'chatops.yaml': '' });
  });

  it('with --json the error is one document on standard output', async () => {
    const refused = await ended({ dir: folder(config('nam: x\n')), args: ['up', '--json'] });
    expect(refused.stderr).toBe('');
    expect(JSON.parse(refused.stdout)).toMatchObject({
      type: 'error',
      code: 'CONFIG_INVALID',
      exitStatus: 78,
      why: expect.stringContaining('nam'),
      next: expect.any(String),
    });
    expect(refused.status).toBe(78);
  });
});

describe('a port that another program has', () => {
  let taken: Server;
  afterAll(() => taken.close());

  it('is named, exit status 1, before any file is written', async () => {
    const port = await freePort();
    taken = createServer();
    await new Promise<void>((resolve) => taken.listen(port, '127.0.0.1', resolve));
    const stack = await aStack(`ports:\n  http: ${port}\n  ssh: ${await freePort()}\n`);
    const before = contents(stack.dir);
    const refused = await stack.up();
    expect(refused.stderr).toMatch(
      new RegExp(`^PORT_TAKEN {2}port ${port} for nginx cannot be opened\\n {2}why {3}another program`),
    );
    expect(refused.status).toBe(1);
    expect(contents(stack.dir)).toEqual(before);
  });
});

describe('a stack that is up', () => {
  /** What the chat takes for a name; the rest is refused, with its fix. */
  const NAME = `$(id) \${HOME} 'a' "b"; } # {{x}} é`;
  const NASTY = `$(id) \${HOME} 'a' "b"; } # \\ {{x}} <b>é`;
  let stack: TestStack;

  beforeAll(async () => {
    const [name, quoted] = [JSON.stringify(NAME), JSON.stringify(NASTY)];
    stack = await aStack(
      `name: demo\nadmin: { username: chief, name: ${quoted} }\nchat:\n  rooms: [ops]\n  users: [{ username: eve, name: ${name} }]\n  bot: { username: hubot, name: ${name} }\nrunner: { description: ${quoted}, tags: ["a; b", "\${x}"], executor: shell }\n`,
    );
    const live = await keepUp(stack);
    const { user } = await live.chat('GET', 'users.info?username=eve');
    const { description, tag_list } = await live.gitlab('GET', '/runners/1');
    const done = await live.end();
    expect({ status: done.status, stderr: done.stderr }).toEqual({ status: 0, stderr: '' });
    expect({ name: user.name, description, tag_list }).toEqual({
      name: NAME,
      description: NASTY,
      tag_list: ['a; b', '${x}'],
    });
  });

  it('has names with quotes, $, ; and braces as they were given: YAML, TOML and JSON read them back', async () => {
    const compose = parseYaml(stack.read('compose.yaml')) as { services: Record<string, { environment?: object }> };
    // Compose takes `$$` for `$`.
    expect(JSON.stringify(compose).replaceAll('$$', '$')).toContain(JSON.stringify(NASTY).slice(1, -1));
    const { runners } = parseToml(stack.read('gitlab-runner/config.toml')) as { runners: { name: string }[] };
    expect(runners[0]?.name).toBe(NASTY);
    expect(() => JSON.parse(stack.read('healthchecks/probes.json'))).not.toThrow();
    expect(stack.read('nginx/nginx.conf')).not.toContain('$(id)');
    expect((await stack.up()).stdout).toContain('0 changes');
  });

  for (const [file, says] of [
    [
      'places.json',
      /^STATE_DAMAGED {2}.*places\.json cannot be read\n {2}why {3}it is not JSON\n {2}next {2}.*down --volumes/,
    ],
    [
      'services.json',
      /^STATE_DAMAGED {2}.*services\.json cannot be read\n {2}why {3}it is not JSON\n {2}next {2}.*down --volumes/,
    ],
    ['gitlab/gitlab.jsonl', /^STATE_DAMAGED {2}.*gitlab\.jsonl line 1 is not JSON\n {2}next {2}move/],
  ] as const) {
    it(`says that ${file} is damaged and how to go on; nothing is written`, async () => {
      const path = `.chatops/embedded/${file}`;
      const whole = stack.read(path);
      stack.write(path, `{"half\n${whole}`);
      const before = contents(stack.dir);
      const refused = await stack.command('plan');
      expect(refused.stderr).toMatch(says);
      expect(refused.status).toBe(1);
      const { '.chatops/embedded/ledger.json': _counted, ...after } = contents(stack.dir);
      const { '.chatops/embedded/ledger.json': _before, ...known } = before;
      expect(Object.keys(after)).toEqual(Object.keys(known));
      stack.write(path, whole);
    });
  }

  it('forgets a damaged memory of proofs, and proves again', async () => {
    stack.write('.chatops/proofs/conversation.json', '{"half');
    const again = await stack.up();
    expect(again.status).toBe(0);
    expect(again.stdout).toMatch(/conversation: \+ message/);
  });

  it('is not worked on by two runs at once', async () => {
    stack.write('.chatops/lock', `${process.pid}\n`);
    const refused = await stack.up();
    rmSync(stack.path('.chatops/lock'));
    expect(refused.stderr).toMatch(
      new RegExp(`^STACK_LOCKED {2}another run is working on this stack\\n {2}why {3}process ${process.pid} holds`),
    );
    expect(refused.status).toBe(1);
  });
});

describe('without anybody to ask', () => {
  it('up where there is no chatops.yaml writes the defaults and goes on; an interruption is gone on from', async () => {
    const dir = folder();
    const ports = ['--set', `ports.http=${await freePort()}`, '--set', `ports.ssh=${await freePort()}`];
    const first = start('chatops-up', ['up', '--dir', dir, '--engine', 'embedded', ...ports]);
    await first.says('mongo-replica-set: done');
    first.process.kill('SIGINT');
    const stopped = await first.ended;
    expect(stopped.stdout).toMatch(/^INTERRUPTED {2}stopped by SIGINT\n {2}next {2}run the command again/m);
    expect(stopped.status).toBe(130);
    expect(readFileSync(join(dir, 'chatops.yaml'), 'utf8')).toContain('# Name of the stack');

    const second = await ended({ dir });
    expect(second.stderr).toBe('');
    expect(second.status).toBe(0);
    expect(second.stdout).toMatch(/mongo-replica-set: done after .*, nothing to change/);
  });
});
