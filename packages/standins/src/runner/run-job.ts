/** One job from its document to its result: runs it, sends its log as it grows, reports how it ended. */
import type { SimulatedTime } from '../kit/simulated-time.ts';
import type { RunnerBlock } from './config-file.ts';
import { buildsDir, type Execution, execute, hasGit, type Result } from './execute.ts';
import type { GitLabApi } from './gitlab-api.ts';
import type { JobDocument } from './job.ts';
import { VERSION } from './metrics.ts';
import { createTrace, type Trace } from './trace.ts';

export interface JobRun {
  readonly job: JobDocument;
  readonly runner: RunnerBlock;
  readonly service: string;
  readonly systemId: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly api: GitLabApi;
  readonly time: SimulatedTime;
  readonly stopped: AbortSignal;
  /** A URL inside the network → the same as this process reaches it. */
  readonly outside: (url: string) => string;
}

/** `clone_url` takes the place of what GitLab says, the credentials stay. */
const cloneUrlOf = ({ job, runner, outside }: JobRun): string | undefined => {
  if (job.repoUrl === '' || !hasGit()) return undefined;
  const given = new URL(job.repoUrl);
  if (runner.cloneUrl !== undefined) {
    const own = new URL(runner.cloneUrl);
    given.protocol = own.protocol;
    given.host = own.host;
    if (own.port === '') given.port = '';
  }
  return outside(given.toString());
};

/** Sends pieces every few simulated seconds until asked to end; cuts the job when GitLab wants it to end. */
const keepSending = (run: JobRun, trace: Trace, cut: () => void): (() => Promise<void>) => {
  let ended = false;
  let cancel: () => void = () => undefined;
  let sending = Promise.resolve();
  const later = () => {
    if (ended) return;
    cancel = run.time.after(Math.max(trace.intervalSeconds * 1_000, 20 * run.time.speed), () => {
      sending = trace.flush().then((goesOn) => (goesOn ? later() : cut()));
    });
  };
  later();
  return async () => {
    ended = true;
    cancel();
    await sending;
  };
};

const report = async (run: JobRun, trace: Trace, result: Result): Promise<void> => {
  const body = {
    info: run.info,
    token: run.job.token,
    state: result.kind,
    ...(result.kind === 'failed'
      ? { failure_reason: result.reason, ...(result.exitCode === undefined ? {} : { exit_code: result.exitCode }) }
      : {}),
    checksum: trace.checksum,
    output: { checksum: trace.checksum, bytesize: trace.size },
  };
  await run.api.ask({
    method: 'PUT',
    url: `${run.runner.url}/api/v4/jobs/${run.job.id}`,
    headers: { 'Content-Type': 'application/json', 'PRIVATE-TOKEN': run.job.token },
    body: JSON.stringify(body),
  });
};

const lastLine = (result: Result): string =>
  result.kind === 'success'
    ? '\u001b[32;1mJob succeeded\u001b[0;m\n'
    : `\u001b[31;1mERROR: Job failed: ${result.exitCode === undefined ? result.reason : `exit status ${result.exitCode}`}\u001b[0;m\n`;

export const runJob = async (run: JobRun): Promise<void> => {
  const { job, runner } = run;
  const secrets = [job.token, ...job.variables.filter(({ masked }) => masked).map(({ value }) => value)];
  const trace = createTrace({
    ...{ api: run.api, base: `${runner.url}/api/v4`, jobId: job.id, token: job.token, secrets },
    now: () => run.time.now(),
  });
  const cutting = new AbortController();
  const endSending = keepSending(run, trace, () => cutting.abort());
  trace.write(`Running with gitlab-runner ${VERSION} (stand-in)\n  on ${runner.name}, system ID: ${run.systemId}\n`);
  const execution: Execution = {
    job,
    runner,
    dir: buildsDir(run.service),
    cloneUrl: cloneUrlOf(run),
    write: trace.write,
    signal: AbortSignal.any([cutting.signal, run.stopped]),
  };
  const result = await execute(execution);
  await endSending();
  if (run.stopped.aborted) return;
  trace.write(lastLine(result));
  await trace.flush();
  await report(run, trace, result);
};
