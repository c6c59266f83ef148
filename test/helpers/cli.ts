/** The programs as users run them: real processes of the built bundles, each stack in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { freePort } from './free-port.ts';

/** Set by the global setup, which builds the programs once a run. */
const dist = process.env.CHATOPS_DIST ?? '';

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Default: stand-ins only, whatever PATH has. */
  readonly realPrograms?: boolean;
}

/** No variable of the caller's that the programs read; no terminal, no colours. */
const environment = ({ env, realPrograms }: RunOptions): NodeJS.ProcessEnv => {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('CHATOPS_') && name !== 'CI');
  const programs = realPrograms ? {} : { CHATOPS_MONGOD: '', CHATOPS_NGINX: '' };
  return { ...Object.fromEntries(inherited), NO_COLOR: '1', ...programs, ...env };
};

/** Everything that it says until it has ended. */
export const collect = (child: ChildProcess): Promise<Ended> =>
  new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });

export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when this stands in its output; rejects when it ends without having said it. */
  says(text: string): Promise<void>;
}

const awaitText = (child: ChildProcess, text: string, ended: Promise<Ended>): Promise<void> =>
  new Promise((resolve, reject) => {
    let seen = '';
    child.stdout?.on('data', (chunk: string) => {
      seen += chunk;
      if (seen.includes(text)) resolve();
    });
    ended.then(({ status, stdout, stderr }) =>
      reject(new Error(`ended with ${status} and never said "${text}":\n${stdout}${stderr}`)),
    );
  });

export const start = (
  program: 'chatops-up' | 'chatops-probe',
  args: readonly string[],
  options: RunOptions = {},
): Running => {
  const child = spawn(process.execPath, [join(dist, `${program}.js`), ...args], {
    env: environment(options),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = collect(child);
  return { process: child, ended, says: (text) => awaitText(child, text, ended) };
};

export const run = (
  program: 'chatops-up' | 'chatops-probe',
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ended> => start(program, args, options).ended;

type RequestKind = 'read' | 'write' | 'session' | 'traffic';

export interface TestStack {
  readonly dir: string;
  up(args?: readonly string[], options?: RunOptions): Promise<Ended>;
  command(name: string, args?: readonly string[], options?: RunOptions): Promise<Ended>;
  path(name: string): string;
  read(name: string): string;
  write(name: string, text: string): void;
  /** Variable of `.env`. */
  secret(name: string): string;
  /** What reached the stand-ins in the last run, by service, as they counted it themselves. */
  ledger(): Readonly<
    Record<string, { readonly lastRun: Readonly<Record<RequestKind, number>>; readonly lastWrites: readonly string[] }>
  >;
  /** All write requests of the last run, e.g. `rocketchat POST /api/v1/channels.create`. */
  writes(): readonly string[];
}

/** An empty folder and a front-door port of its own. */
export const aStack = async (config = 'name: demo\n'): Promise<TestStack> => {
  const dir = mkdtempSync(join(tmpdir(), 'chatops-stack-'));
  const [port, ssh] = [await freePort(), await freePort()];
  const hasPorts = (parse(config) as { ports?: unknown } | null)?.ports !== undefined;
  if (config !== '')
    writeFileSync(join(dir, 'chatops.yaml'), hasPorts ? config : `${config}ports:\n  http: ${port}\n  ssh: ${ssh}\n`);
  const command: TestStack['command'] = (name, args = [], options = {}) =>
    run('chatops-up', [name, '--dir', dir, '--engine', 'embedded', ...args], options);
  const read = (name: string): string => readFileSync(join(dir, name), 'utf8');
  const ledger = (): ReturnType<TestStack['ledger']> => JSON.parse(read('.chatops/embedded/ledger.json'));
  return {
    dir,
    command,
    up: (args, options) => command('up', args, options),
    path: (name) => join(dir, name),
    read,
    write: (name, text) => writeFileSync(join(dir, name), text),
    secret: (name) => new RegExp(`^${name}=(.*)$`, 'm').exec(read('.env'))?.[1] ?? '',
    ledger,
    writes: () =>
      Object.entries(ledger()).flatMap(([service, { lastWrites }]) => lastWrites.map((what) => `${service} ${what}`)),
  };
};
