/** Runs the steps of a job: the shell executor by a real shell in a scratch folder; others are only played, and say so. */

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterReal } from '../kit/real-time.ts';
import type { RunnerBlock } from './config-file.ts';
import type { JobDocument, JobStep } from './job.ts';

export type Result =
  | { readonly kind: 'success' }
  | { readonly kind: 'failed'; readonly reason: string; readonly exitCode?: number };

export interface Execution {
  readonly job: JobDocument;
  readonly runner: RunnerBlock;
  /** Folder for builds. */
  readonly dir: string;
  /** The clone address as this machine reaches it; undefined when there is no git here. */
  readonly cloneUrl: string | undefined;
  readonly write: (text: string) => void;
  readonly signal: AbortSignal;
}

const GREEN = '\u001b[32;1m';
const CYAN = '\u001b[36;1m';
const PLAIN = '\u001b[0;m';
export const heading = (text: string): string => `${CYAN}${text}${PLAIN}\n`;
const command = (line: string): string => `${GREEN}$ ${line}${PLAIN}\n`;

export const hasGit = (): boolean => spawnSync('git', ['--version'], { stdio: 'ignore' }).status === 0;
const shell = (): string => (spawnSync('bash', ['-c', 'exit 0'], { stdio: 'ignore' }).status === 0 ? 'bash' : 'sh');

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const environment = ({ job, runner, dir }: Execution, projectDir: string): NodeJS.ProcessEnv => {
  const own = runner.environment.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
  return {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: dir,
    LANG: 'C.UTF-8',
    ...Object.fromEntries(own),
    ...Object.fromEntries(job.variables.map(({ key, value }) => [key, value])),
    CI_PROJECT_DIR: projectDir,
    CI_BUILDS_DIR: dir,
  };
};

/** Resolves with the exit status; 130 when it was cut. The whole process group goes with it. */
const runProcess = (
  program: string,
  args: readonly string[],
  input: string,
  { write, signal }: Execution,
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly timeoutMs: number },
): Promise<{ readonly code: number; readonly timedOut: boolean }> =>
  new Promise((resolve) => {
    const child = spawn(program, [...args], { cwd: options.cwd, env: options.env, detached: true });
    let timedOut = false;
    const end = () => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended by itself meanwhile.
      }
    };
    const cancel = afterReal(options.timeoutMs, () => {
      timedOut = true;
      end();
    });
    signal.addEventListener('abort', end);
    child.stdout.on('data', (chunk: Buffer) => write(chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => write(chunk.toString('utf8')));
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => write(`${error.message}\n`));
    child.on('close', (code) => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve({ code: code ?? 130, timedOut });
    });
    child.stdin.end(input);
  });

const scriptOf = (step: JobStep): string =>
  step.script.map((line) => `printf '%s\\n' ${quoted(command(line).trimEnd())}\n${line}\n`).join('');

/** Like the real one, the sources are there before the script; a failing fetch ends the job. */
const getSources = async (execution: Execution, cwd: string, env: NodeJS.ProcessEnv): Promise<boolean> => {
  const { job, cloneUrl, write } = execution;
  write(heading('Getting source from Git repository'));
  if (cloneUrl === undefined) {
    write('There is no git here: the folder stays empty.\n');
    return true;
  }
  const refspecs = job.refspecs.map(quoted).join(' ');
  const script = [
    'set -e',
    'git init -q .',
    // The address holds the job's token: in a file of ours, never in the list of processes.
    `cat >> .git/config <<'CONFIG'\n[remote "origin"]\n\turl = ${cloneUrl}\nCONFIG`,
    `git fetch -q --depth 20 origin ${refspecs}`,
    `git checkout -q --detach ${quoted(job.sha)}`,
    '',
  ].join('\n');
  const options = { cwd, env: { ...env, GIT_TERMINAL_PROMPT: '0' }, timeoutMs: job.timeoutMs };
  const { code } = await runProcess('sh', ['-s'], script, execution, options);
  if (code === 0) write(`Checking out ${job.sha.slice(0, 8)} as detached HEAD (ref is ${job.ref})...\n`);
  return code === 0;
};

const runShell = async (execution: Execution): Promise<Result> => {
  const { job, dir, write } = execution;
  const cwd = join(dir, String(job.id));
  const env = environment(execution, cwd);
  mkdirSync(cwd, { recursive: true });
  try {
    if (!(await getSources(execution, cwd, env))) return { kind: 'failed', reason: 'runner_system_failure' };
    let result: Result = { kind: 'success' };
    for (const step of job.steps) {
      if (result.kind === 'failed' && step.when === 'on_success') continue;
      write(heading(`Executing "${step.name === 'script' ? 'step_script' : step.name}" stage of the job script`));
      const program = shell();
      const args = program === 'bash' ? ['-eo', 'pipefail', '-s'] : ['-es'];
      const options = { cwd, env, timeoutMs: job.timeoutMs };
      const { code, timedOut } = await runProcess(program, args, scriptOf(step), execution, options);
      if (code === 0 || step.allowFailure) continue;
      result = { kind: 'failed', reason: timedOut ? 'job_execution_timeout' : 'script_failure', exitCode: code };
    }
    return result;
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
};

const playOnly = ({ job, runner, write }: Execution): Result => {
  write(`This runner is a stand-in: executor "${runner.executor}" is played, the commands are shown and not run.\n`);
  for (const step of job.steps) {
    write(heading(`Executing "${step.name === 'script' ? 'step_script' : step.name}" stage of the job script`));
    for (const line of step.script) write(command(line));
  }
  return { kind: 'success' };
};

export const execute = async (execution: Execution): Promise<Result> => {
  const { runner, job, write } = execution;
  const image = runner.executor.startsWith('docker') ? ` with image ${job.image ?? 'of config.toml'}` : '';
  write(heading(`Preparing the "${runner.executor}" executor${image}`));
  return runner.executor === 'shell' ? runShell(execution) : playOnly(execution);
};

/** Folder for builds: not in the data folder, which only holds what must last. */
export const buildsDir = (service: string): string => join(tmpdir(), `chatops-builds-${service}-${process.pid}`);
