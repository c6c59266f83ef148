/** What suites on real containers share: whether they can run here, images, a stack of its own, and Docker's own words. */
import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { UNCHANGED } from '../../../compose/tools/built-from.mjs';
import { have } from '../../helpers/available.ts';
import { aStack, type Running, type RunOptions, start, type TestStack } from '../../helpers/cli.ts';
import { freePort } from '../../helpers/free-port.ts';
import { BASE, buildImages, TOOLS } from '../images/build.mjs';
import { IMAGES, IMAGES_TEXT, LIVE } from './images-used.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const execute = promisify(execFile);

const canBuildBase = (): boolean =>
  have('docker', ['image', 'inspect', 'chatops-test/base:12.0']) || (process.getuid?.() === 0 && have('debootstrap'));

/** Undefined when the suites can run; else why not. */
export const whyNoContainers = (): string | undefined => {
  if (!have('docker', ['version', '--format', '{{.Server.Version}}'])) return 'no Docker Engine answers';
  if (!have('docker', ['compose', 'version'])) return 'no Compose plugin';
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'the images are built on Linux x86-64';
  return LIVE || canBuildBase() ? undefined : 'no debootstrap (as root) to build the base of the stand-in images with';
};

/** Makes the tools image of this checkout and, where they are used, the stand-ins. Resolves with what had to be built. */
export const buildAllImages = async (): Promise<readonly string[]> => {
  process.stderr.write(`real containers; ${IMAGES_TEXT}\n`);
  const standins = LIVE ? [] : await buildImages();
  const said = execFileSync(process.execPath, [`${root}compose/tools/build.mjs`, TOOLS], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return said.includes(UNCHANGED) ? standins : [...standins, TOOLS];
};

export interface ContainerStack extends TestStack {
  readonly name: string;
  /** Variables that say where its engine answers. */
  readonly engine: Readonly<Record<string, string>>;
  /** `docker …` on the engine of the stack; its standard output. Rejects when it fails. */
  docker(...args: readonly string[]): Promise<string>;
  /** `chatops-up … --engine docker` on it. */
  drive(words: readonly string[], options?: RunOptions): Running;
  /** `docker compose …` in the stack directory; its standard output. Rejects when it fails. */
  compose(...args: readonly string[]): Promise<string>;
  /** Service or job → its container. */
  containers(): Promise<Readonly<Record<string, Container>>>;
  /** Removes containers, volumes and network. */
  remove(): Promise<void>;
}

export interface Container {
  readonly id: string;
  readonly startedAt: string;
  readonly state: string;
  readonly health: string | undefined;
  readonly exitCode: number;
}

const dockerWith =
  (env: Readonly<Record<string, string>>) =>
  async (...args: readonly string[]): Promise<string> =>
    (await execute('docker', [...args], { maxBuffer: 16 * 1024 * 1024, env: { ...process.env, ...env } })).stdout;

/** On the engine of this machine. */
export const docker = dockerWith({});

interface Inspected {
  readonly Id: string;
  readonly Config: { readonly Labels: Readonly<Record<string, string>> };
  readonly State: {
    readonly Status: string;
    readonly StartedAt: string;
    readonly ExitCode: number;
    readonly Health?: { readonly Status: string };
  };
}

type Docker = typeof docker;

const ids = async (on: Docker, label: string): Promise<readonly string[]> =>
  (await on('ps', '--all', '--quiet', '--filter', `label=${label}`)).split('\n').filter((id) => id !== '');

const inspectAll = async (on: Docker, project: string): Promise<readonly Inspected[]> => {
  const there = await ids(on, `com.docker.compose.project=${project}`);
  return there.length === 0 ? [] : (JSON.parse(await on('inspect', ...there)) as Inspected[]);
};

/** Builds an image from a Dockerfile without files. */
export const buildFrom = async (tag: string, dockerfile: string): Promise<void> => {
  const build = execute('docker', ['build', '--quiet', '--tag', tag, '-']);
  build.child.stdin?.end(dockerfile);
  await build;
};

export interface ContainerStackOptions {
  /** Where its engine answers, as in `DOCKER_HOST`. Default: the engine of this machine. */
  readonly host?: string;
  /** Instead of those of every suite. */
  readonly images?: Readonly<Record<string, string>>;
  /** Further lines of chatops.yaml. */
  readonly more?: string;
}

/** Images of CI jobs are asked for on the engine: there is one. */
const JOB_IMAGES = `runner: { image: "${BASE}", helperImage: "${BASE}" }\n`;

const runnerOf = (more: string): string => (LIVE || /^gitlab: none$|^runner:/m.test(more) ? '' : JOB_IMAGES);

export const aContainerStack = async (options: ContainerStackOptions = {}): Promise<ContainerStack> => {
  const { host, more = '' } = options;
  const name = `ct${process.pid}${Math.random().toString(36).slice(2, 6)}`;
  const [http, ssh] = [await freePort(), await freePort()];
  const images = Object.entries({ ...IMAGES, ...options.images }).map(
    ([image, reference]) => `  ${image}: ${reference}\n`,
  );
  const stack = await aStack(
    `name: ${name}\nimages:\n${images.join('')}ports: { http: ${http}, ssh: ${ssh} }\n${runnerOf(more)}${more}`,
  );
  const engine: Record<string, string> = host === undefined ? {} : { DOCKER_HOST: host };
  const on = dockerWith(engine);
  const compose = (...args: readonly string[]): Promise<string> =>
    on('compose', '--project-directory', stack.dir, ...args);
  return {
    ...stack,
    name,
    engine,
    docker: on,
    compose,
    drive: (words, options = {}) =>
      start('chatops-up', [...words, '--dir', stack.dir, '--engine', 'docker'], {
        ...options,
        env: { ...engine, ...options.env },
      }),
    containers: async () =>
      Object.fromEntries(
        (await inspectAll(on, name)).map(({ Id, Config, State }) => [
          Config.Labels['com.docker.compose.service'] ?? '',
          {
            id: Id,
            startedAt: State.StartedAt,
            state: State.Status,
            health: State.Health?.Status,
            exitCode: State.ExitCode,
          },
        ]),
      ),
    remove: async () => {
      const ofRuns = await ids(on, `io.chatops-up.project=${name}`);
      if (ofRuns.length > 0) await on('rm', '--force', ...ofRuns);
      await compose('down', '--volumes', '--remove-orphans', '--timeout', '3');
    },
  };
};
