/** Programs run and timed, and what Docker says of a project. */
import { type ExecFileException, execFile } from 'node:child_process';

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** From before it was started until it had ended, ms. */
  readonly tookMs: number;
}

/** Never rejects: a status is an answer too. */
export const run = (program: string, args: readonly string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const begun = performance.now();
    const env = { ...process.env, NO_COLOR: '1', COMPOSE_ANSI: 'never', COMPOSE_PROGRESS: 'plain' };
    execFile(
      program,
      [...args],
      { maxBuffer: 64 * 1024 * 1024, env },
      (error: ExecFileException | null, stdout, stderr) => {
        const status = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        resolve({ status, stdout, stderr, tookMs: performance.now() - begun });
      },
    );
  });

/** @throws Error with its last words when it fails */
export const must = async (program: string, args: readonly string[]): Promise<Ran> => {
  const ran = await run(program, args);
  if (ran.status === 0) return ran;
  const words = `${ran.stdout}${ran.stderr}`.trim().split('\n').slice(-12).join('\n');
  throw new Error(`${program} ${args.join(' ')} ended with ${ran.status}:\n${words}`);
};

export interface Inspected {
  readonly id: string;
  readonly service: string;
  readonly pid: number;
}

/** Containers of a Compose project. */
export const containersOf = async (project: string): Promise<readonly Inspected[]> => {
  const { stdout } = await must('docker', ['ps', '-aq', '--filter', `label=com.docker.compose.project=${project}`]);
  const ids = stdout.split('\n').filter((id) => id !== '');
  if (ids.length === 0) return [];
  const read = JSON.parse((await must('docker', ['inspect', ...ids])).stdout) as {
    Id: string;
    Config: { Labels: Record<string, string> };
    State: { Pid: number };
  }[];
  return read.map(({ Id, Config, State }) => ({
    id: Id,
    service: Config.Labels['com.docker.compose.service'] ?? '',
    pid: State.Pid,
  }));
};

/** @returns not a number for no values: what was not measured is within no bound */
export const median = (values: readonly number[]): number => {
  if (values.length === 0) return Number.NaN;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};
