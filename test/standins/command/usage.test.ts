/** What the command says to words that it does not understand, and to servers that cannot start. */

import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OPTIONS } from '@chatops-up/standins/internal/cli/options';
import { readArguments } from '@chatops-up/standins/internal/cli/read-arguments';
import { SERVERS } from '@chatops-up/standins/internal/cli/servers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from './start-command.ts';

const refusalOf = (words: readonly string[], env: Readonly<Record<string, string>> = {}): string | undefined => {
  const read = readArguments(words, env);
  return read.do === 'refuse' ? read.why : undefined;
};

const wantedOf = (words: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const read = readArguments(words, env);
  if (read.do !== 'start') throw new Error(`not started: ${JSON.stringify(read)}`);
  return read.wanted;
};

describe('the words of chatops-standins', () => {
  it.each([
    [[], 'no server is named; --list shows them'],
    [['nextcloud', '--port', '0'], 'there is no stand-in called nextcloud; --list shows them'],
    [['gitlab', 'mongod'], 'one server at a time: mongod is one too many'],
    [['gitlab'], 'gitlab needs --port (0: any free one)'],
    [['gitlab', '--port', 'http'], '--port http: expected a port, 0 to 65535'],
    [['gitlab', '--port', '65536'], '--port 65536: expected a port, 0 to 65535'],
    [['gitlab', '--port', '0', '--speed', '0'], '--speed 0: expected a number above 0'],
    [['gitlab', '--port', '0', '--name', 'chat=3000'], '--name chat=3000: expected HOST:PORT=PORT'],
    [['gitlab', '--port', '0', '--env', '1=2'], '--env 1: expected NAME or NAME=value'],
    [['gitlab', '--port', '0', '--env', 'HOME'], '--env HOME: it is not set in this environment'],
  ] as const)('%j are refused: %s', (words, why) => {
    expect(refusalOf(words)).toBe(why);
  });

  it('names an option that there is not', () => {
    expect(refusalOf(['gitlab', '--prot', '0'])).toContain("'--prot'");
  });

  it('refuses a fault that is no JSON, or is no fault, by what is wrong with it', () => {
    expect(refusalOf(['gitlab', '--port', '0', '--fault', 'reset'])).toContain('--fault reset: expected JSON');
    const fault = '{"match":"(","effect":{"kind":"reset"}}';
    expect(refusalOf(['gitlab', '--port', '0', '--fault', fault])).toContain('match: not a regular expression');
  });

  it.each([
    'GITLAB_ROOT_PASSWORD=correct-horse',
    'CHATOPS_GITLAB_TOKEN=glpat-ofthecommand00',
    'MATTERMOST_STANDIN_HOOK=hookofthecommand',
    'MONGO_URL=mongodb://chat:correct-horse@mongo/chat',
    "GITLAB_OMNIBUS_CONFIG=gitlab_rails['initial_root_password'] = 'correct-horse'",
  ])('refuse a secret that every user of the machine could read: %s', (text) => {
    const why = refusalOf(['gitlab', '--port', '0', '--env', text]);
    expect(why).toContain('every user of this machine could read that secret');
    expect(why).not.toMatch(/correct-horse|glpat|hookofthecommand/);
  });

  it('take a secret from the environment by its name', () => {
    const { env } = wantedOf(['gitlab', '--port', '0', '--env', 'GITLAB_ROOT_PASSWORD', '--env', 'A=b=c'], {
      GITLAB_ROOT_PASSWORD: 'correct-horse',
    });
    expect(env).toEqual({ GITLAB_ROOT_PASSWORD: 'correct-horse', A: 'b=c' });
  });

  it('hand what stands after -- to the server as it is', () => {
    expect(wantedOf(['mongod', '--port', '1', '--', '--replSet', 'rs0', '--help'])).toMatchObject({
      port: 1,
      command: ['--replSet', 'rs0', '--help'],
    });
  });

  it('need no port where a server may listen nowhere', () => {
    expect(wantedOf(['runner'])).toMatchObject({ port: 0, host: '127.0.0.1', speed: 200 });
  });
});

const tempDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'standins-command-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

describe('the program', () => {
  it('shows every server and every option in its help', async () => {
    const { status, stdout, stderr } = await run(['--help']);
    const said = [...SERVERS.map(({ name }) => name), ...Object.keys(OPTIONS).map((name) => `--${name}`)];
    expect(said.filter((text) => !stdout.includes(`  ${text} `))).toEqual([]);
    expect([status, stderr]).toEqual([0, '']);
  });

  it('shows every server, and what it plays, in its list', async () => {
    const { status, stdout } = await run(['--list']);
    const names = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.trim().split(/ {2,}/)[0]);
    expect([status, names]).toEqual([0, SERVERS.map(({ name }) => name)]);
  });

  it('ends with 64 for words that it does not understand, and says where to read on', async () => {
    expect(await run(['nextcloud'])).toEqual({
      status: 64,
      stdout: '',
      stderr:
        'chatops-standins: there is no stand-in called nextcloud; --list shows them\n  next  chatops-standins --help shows how it is called\n',
    });
  });

  it('ends with 1 when its port is taken, and says so', async () => {
    const other = createServer();
    onTestFinished(() => void other.close());
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { status, stderr } = await run(['gitlab', '--port', String(port)]);
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^gitlab stand-in failed: .*EADDRINUSE/)]);
  });

  it('ends with 1 when its server has no configuration, and says which file to write', async () => {
    const { status, stderr } = await run(['front-door', '--port', '0', '--dir', tempDir()]);
    expect([status, stderr]).toEqual([1, expect.stringContaining('next  write nginx/nginx.conf')]);
  });

  it('ends with 1 when its server ends by itself', async () => {
    const { status, stderr } = await run(['gitlab', '--port', '0', '--env', 'GITLAB_ROOT_PASSWORD'], {
      GITLAB_ROOT_PASSWORD: 'short',
    });
    expect([status, stderr]).toEqual([1, expect.stringContaining('Length is too short')]);
  });
});
