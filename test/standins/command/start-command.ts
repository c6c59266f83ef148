/** `chatops-standins` as users get it: a real process of the built bundle, asked over its port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Announced {
  readonly server: string;
  readonly standIn: boolean;
  readonly host?: string;
  readonly port?: number;
  readonly dir: string;
}

export interface StartedCommand {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** The line with which it says that it listens. */
  readonly line: string;
}

type Env = Readonly<Record<string, string>>;

/** Its process, before it has said anything; ended with the test. */
export const launch = (args: readonly string[], env: Env = {}) => {
  // Set by the global setup, which builds the programs once a run.
  const program = join(process.env.CHATOPS_STANDINS_DIST ?? '', 'chatops-standins.js');
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([status]): Ended => ({ status, stdout, stderr }));
  onTestFinished(async () => {
    child.kill();
    await ended;
  });
  const line = new Promise<string>((resolve) => {
    child.stdout.on('data', () => stdout.includes('\n') && resolve(stdout.split('\n')[0] ?? ''));
  });
  return { child, ended, line };
};

/** From its start to its end, which comes by itself. */
export const run = (args: readonly string[], env: Env = {}): Promise<Ended> => launch(args, env).ended;

/** Resolves when it has said that it listens. @throws when it ended without having said it */
export const startCommand = async (args: readonly string[], env: Env = {}): Promise<StartedCommand> => {
  const { child, ended, line } = launch(args, env);
  const failed = ended.then(({ status, stderr }): never => {
    throw new Error(`ended with ${status}: ${stderr}`);
  });
  failed.catch(() => undefined);
  return { process: child, ended, line: await Promise.race([line, failed]) };
};

/** Starts it on a free port, as a program would. */
export const startOnFreePort = async (
  server: string,
  args: readonly string[] = [],
  env: Env = {},
): Promise<StartedCommand & Announced & { readonly url: string }> => {
  const [own, after] = args.includes('--')
    ? [args.slice(0, args.indexOf('--')), args.slice(args.indexOf('--'))]
    : [args, []];
  const started = await startCommand([server, '--port', '0', '--json', ...own, ...after], env);
  const announced = JSON.parse(started.line) as Announced;
  return { ...started, ...announced, url: `http://${announced.host}:${announced.port}` };
};
