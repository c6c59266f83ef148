/** A registry of npm packages on loopback: Verdaccio, which is installed on demand beside this. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const pinned = fileURLToPath(new URL('registry', import.meta.url));
/** Apart from the project: its own packages have tests, which are none of ours. */
const installed = fileURLToPath(new URL('../../../node_modules/.cache/chatops-npm-registry/program', import.meta.url));
const program = join(installed, 'node_modules/verdaccio');
const serve = fileURLToPath(new URL('serve-registry.mjs', import.meta.url));
/** What serve-registry.mjs says when it does. */
const LISTENS = 'the npm registry listens';

/** Packages of ours are some fifty megabytes, and a third more on their way. */
const LARGEST_BODY = '200mb';

const lockIn = (dir: string): string => {
  const file = join(dir, 'package-lock.json');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

/** Once for each state of its lock. */
export const installRegistry = (): void => {
  if (existsSync(program) && lockIn(installed) === lockIn(pinned)) return;
  rmSync(installed, { recursive: true, force: true });
  mkdirSync(installed, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(pinned, name), join(installed, name));
  const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', installed];
  execFileSync('npm', words, { stdio: ['ignore', 'ignore', 'inherit'] });
};

/** Of this machine's npm. */
const npmConfig = (name: string): string =>
  execFileSync('npm', ['config', 'get', name], { encoding: 'utf8', cwd: tmpdir() }).trim();

export interface NpmRegistry {
  readonly url: string;
  close(): Promise<void>;
}

export interface NpmRegistryOptions {
  /** Folder with its packages; it outlives the registry. */
  readonly storage: string;
  readonly port: number;
  /** Whether it asks this machine's own registry for what it does not have, and keeps what it gets. */
  readonly asksOutside: boolean;
  /** Words before its command line. Default: none. */
  readonly enter?: readonly string[];
}

const configOf = ({ storage, asksOutside }: NpmRegistryOptions): string => {
  // JSON is YAML.
  return JSON.stringify({
    storage,
    max_body_size: LARGEST_BODY,
    auth: {},
    uplinks: asksOutside ? { npm: { url: npmConfig('registry') } } : {},
    packages: {
      'chatops-up': { access: '$all', publish: '$all' },
      '@chatops-up/*': { access: '$all', publish: '$all' },
      '**': { access: '$all', ...(asksOutside ? { proxy: 'npm' } : {}) },
    },
    log: { type: 'stdout', format: 'json', level: 'http' },
  });
};

/** npm's own list of authorities goes for the registry too. */
const trusting = (): NodeJS.ProcessEnv => {
  const file = npmConfig('cafile');
  return file === 'null' ? process.env : { ...process.env, NODE_EXTRA_CA_CERTS: file };
};

/** Resolves when it answers. */
export const anNpmRegistry = async (options: NpmRegistryOptions): Promise<NpmRegistry> => {
  const { port, enter = [] } = options;
  const dir = mkdtempSync(join(tmpdir(), 'chatops-npm-registry-'));
  const config = join(dir, 'config.yaml');
  writeFileSync(config, configOf(options));
  const url = `http://127.0.0.1:${port}/`;
  const [command = '', ...words] = [...enter, process.execPath, serve, program, config, url];
  // It ends when our end of its standard input does.
  const child = spawn(command, words, { stdio: ['pipe', 'pipe', 'pipe'], cwd: dir, env: trusting() });
  const ended = once(child, 'exit');
  let said = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (said.includes(LISTENS)) resolve();
      });
    }
    child.once('exit', (status) => reject(new Error(`the npm registry ended with ${status}:\n${said}`)));
  });
  return {
    url,
    close: async () => {
      child.stdin.end();
      await ended;
      rmSync(dir, { recursive: true });
    },
  };
};
