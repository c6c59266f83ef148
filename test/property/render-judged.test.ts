/** The programs themselves read what is rendered: `docker compose config` and `nginx -t`, on many random stacks. */
import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { sectionOf } from '../../src/config/section.ts';
import { RUNNER } from '../../src/contracts/sections/runner.ts';
import { containerTarget } from '../../src/parts/front-door/render/target.ts';
import { renderNginx } from '../../src/parts/front-door/render.ts';
import { gitlabRunnerRenderer } from '../../src/parts/gitlab-runner/render.ts';
import { composeFile } from '../../src/render/compose.ts';
import type { Stack } from '../../src/stack/stack.ts';
import { aConfig } from '../builders/config.ts';
import { serviceNamed, stackOf } from '../builders/stack.ts';
import { anyConfig, hostileConfig, hostileText } from '../builders/stack-configs.ts';
import { have, leftOut } from '../helpers/available.ts';
import { NEW_KEY } from '../helpers/certificates.ts';
import { loopbackPlaces } from '../helpers/nginx.ts';
import { house } from '../helpers/pieces.ts';

const run = promisify(execFile);

const withTls = { tls: { certificate: 'certs/cert.pem', key: 'certs/key.pem' } };
const chosen: readonly Config[] = [
  aConfig(),
  aConfig(withTls),
  aConfig({ mongo: { members: 7 } }),
  aConfig({ gitlab: { kind: 'none', announce: [] } }),
  aConfig({ chat: { url: 'https://chat.example.org' } }),
];

/** The ones above, and `count` random ones. */
const samples = (configs: fc.Arbitrary<Config>, count: number): readonly Stack[] =>
  [...chosen, ...fc.sample(configs, count)].map(stackOf);

/** Two at a time, as there are two cores. */
const judgeAll = async <T>(items: readonly T[], judge: (item: T, index: number) => Promise<void>): Promise<void> => {
  const queue = items.entries();
  const work = async () => {
    for (const [index, item] of queue) await judge(item, index);
  };
  await Promise.all([work(), work()]);
};

/** Without the stack's other files, which may refuse a text that compose.yaml takes. */
const composeText = (stack: Stack): string => composeFile({ stack, ...house }, [], { startInterval: true }).text;

const adminNameOf = (stack: Stack) => serviceNamed(stack, 'rocketchat').container.environment.ADMIN_NAME;

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'chatops-judged-'));
  chmodSync(dir, 0o755);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const hasCompose = have('docker', ['compose', 'version']);
if (!hasCompose) leftOut('docker compose config on random stacks', 'the Compose plugin is not there');

describe.runIf(hasCompose)('docker compose config', () => {
  const read = async (stack: Stack, name: string) => {
    const path = join(dir, `${name}.yaml`);
    writeFileSync(path, composeText(stack));
    const secrets = Object.fromEntries(stack.secrets.map((secret) => [secret.name, 'value']));
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...secrets };
    const { stdout } = await run('docker', ['compose', '-f', path, 'config', '--format', 'json'], {
      env,
      maxBuffer: 1e8,
    });
    return JSON.parse(stdout);
  };

  test('takes every stack, finds its services and fills in nothing but secrets', async () => {
    await judgeAll(samples(hostileConfig, 8), async (stack, index) => {
      const seen = await read(stack, `compose-${index}`);
      expect(Object.keys(seen.services).sort()).toEqual(['tools', ...stack.nodes.map(({ name }) => name)].sort());
      if (!seen.services.rocketchat) return;
      const { ADMIN_NAME, ADMIN_PASS } = seen.services.rocketchat.environment;
      // It prints a file for Compose again, so each $ is doubled there.
      expect(ADMIN_NAME.replaceAll('$$', '$')).toBe(adminNameOf(stack));
      expect(ADMIN_PASS).toBe('value');
    });
  });

  test('reads hundreds of hostile texts as they were meant, in one file', async () => {
    const texts = fc.sample(hostileText, 600);
    const stack = stackOf(aConfig());
    const environment = Object.fromEntries(texts.map((text, index) => [`T${index}`, text]));
    const nodes = stack.nodes.map((node) =>
      node.name === 'rocketchat' && node.kind === 'service'
        ? { ...node, container: { ...node.container, environment, command: texts } }
        : node,
    );
    const { services } = await read({ ...stack, nodes }, 'hostile');
    const unchanged = (seen: unknown) => String(seen).replaceAll('$$', '$');
    expect(texts.map((_, index) => unchanged(services.rocketchat.environment[`T${index}`]))).toEqual(texts);
    expect(services.rocketchat.command.map(unchanged)).toEqual(texts);
  });

  test('names the variable that .env lacks', async () => {
    const path = join(dir, 'lacking.yaml');
    writeFileSync(path, composeText(stackOf(aConfig())));
    const config = run('docker', ['compose', '-f', path, 'config', '-q'], { env: { PATH: process.env.PATH } });
    await expect(config).rejects.toThrow(/set [A-Z_]+ in \.env/);
  });
});

const hasNginx = have('nginx', ['-v']) && have('openssl', ['version']);
if (!hasNginx) leftOut('nginx -t on random stacks', 'nginx or openssl is not there');

describe.runIf(hasNginx)('nginx -t', () => {
  beforeAll(() => {
    const args = ['-subj', '/CN=x', '-keyout', join(dir, 'key.pem'), '-out', join(dir, 'cert.pem')];
    execFileSync('openssl', ['req', '-x509', ...NEW_KEY, ...args], { stdio: 'ignore' });
  });

  /** It opens what it listens on, so that stands in a folder of its own instead of taking ports. */
  const check = async (stack: Stack, name: string): Promise<string> => {
    const home = join(dir, name);
    mkdirSync(home);
    const { tls, ...loopback } = loopbackPlaces({
      dir: home,
      listen: `unix:${home}/http`,
      ...(stack.door.tls ? { https: `unix:${home}/https`, inside: `unix:${home}/inside` } : {}),
      backEnd: 1,
    });
    const { resolver, upstream } = containerTarget(stack);
    const places = {
      ...loopback,
      upstream,
      ...(resolver === undefined ? {} : { resolver }),
      ...(tls ? { tls: { certificate: join(dir, 'cert.pem'), key: join(dir, 'key.pem') } } : {}),
    };
    const path = join(home, 'nginx/nginx.conf');
    mkdirSync(dirname(path));
    writeFileSync(path, renderNginx(stack, places)[0]?.text ?? '');
    const { stderr } = await run('nginx', ['-t', '-c', path, '-e', join(home, 'error.log')]);
    return stderr;
  };

  test('takes every stack without a warning', async () => {
    await judgeAll(samples(anyConfig, 8), async (stack, index) => {
      const said = await check(stack, `nginx-${index}`);
      expect(said).toContain('test is successful');
      expect(said).not.toMatch(/\[(warn|error|emerg)\]/);
    });
  });

  test('reads a quoted domain as one name, whatever stands in it', async () => {
    for (const [index, domain] of ['a; b', '"x" {', "it's", '# }', 'back\\slash'].entries()) {
      const stack = stackOf(aConfig({ domain }));
      expect(await check(stack, `quoted-${index}`)).toContain('test is successful');
    }
  });
});

const READ_TOML =
  'import json, sys, tomllib; print(json.dumps([tomllib.loads(each) for each in json.load(sys.stdin)]))';
const hasTomllib = have('python3', ['-c', 'import tomllib']);
if (!hasTomllib) leftOut('config.toml read by Python', 'there is no Python 3.11 or newer');

test.runIf(hasTomllib)('config.toml is read by another language as it was meant, whatever the runner is called', () => {
  const names = fc.sample(hostileText, 100);
  const runner = sectionOf(aConfig(), RUNNER);
  const files = names.map((description) => {
    const stack = stackOf(aConfig(runner ? { runner: { ...runner, description } } : {}));
    return gitlabRunnerRenderer.render({ stack, ...house })[0]?.text;
  });
  const read = execFileSync('python3', ['-c', READ_TOML], { input: JSON.stringify(files), encoding: 'utf8' });
  const seen: readonly { runners: readonly { name: string }[] }[] = JSON.parse(read);
  expect(seen.map(({ runners }) => runners[0]?.name)).toEqual(names);
});
