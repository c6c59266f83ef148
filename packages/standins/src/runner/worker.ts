/** Asks GitLab for jobs on behalf of one `[[runners]]` block, and runs what it gets. */
import type { RunnerBlock } from './config-file.ts';
import type { Answered, GitLabApi } from './gitlab-api.ts';
import { type AskOutcome, afterAsking, HEALTHY, isResting, type RunnerHealth } from './health.ts';
import { type JobDocument, parseJob } from './job.ts';
import { type Metrics, NO_ANSWER, REVISION, type RunnerNames, VERSION } from './metrics.ts';

export interface Worker {
  /** Asks once, unless it rests. A job that came, or undefined. */
  askForJob(runner: RunnerBlock, now: number): Promise<JobDocument | undefined>;
}

export const runnerInfo = (runner: RunnerBlock): Readonly<Record<string, unknown>> => ({
  name: 'gitlab-runner',
  version: VERSION,
  revision: REVISION,
  platform: 'linux',
  architecture: 'amd64',
  executor: runner.executor,
  shell: 'bash',
  features: {
    variables: true,
    refspecs: true,
    masking: true,
    trace_checksum: true,
    trace_size: true,
    cancelable: true,
    cancel_gracefully: true,
  },
  config: { gpus: '' },
});

/** First characters of a token after its prefix: what logs may show. */
export const shortToken = (token: string): string => token.replace(/^glrtr?-/, '').slice(0, 9);

const outcomeOf = (answer: Answered | undefined): AskOutcome => {
  if (answer === undefined) return 'silent';
  if (answer.status === 403) return 'refused';
  return answer.status >= 500 ? 'server-error' : 'answered';
};

export const createWorker = (api: GitLabApi, metrics: Metrics, systemId: string): Worker => {
  /** Token → how its runner fares, and the last `X-GitLab-Last-Update` it saw. */
  const health = new Map<string, RunnerHealth>();
  const marks = new Map<string, string>();

  const note = (runner: RunnerBlock, names: RunnerNames, answer: Answered | undefined, now: number): void => {
    const before = health.get(runner.token) ?? HEALTHY;
    const rule = { limit: runner.unhealthyRequestsLimit, restMs: runner.unhealthyIntervalMs };
    const after = afterAsking(before, outcomeOf(answer), rule, now);
    health.set(runner.token, after);
    metrics.countAnswer(names, 'request_job', answer?.status ?? NO_ANSWER);
    if (isResting(after, now)) metrics.countHealthFailure(names);
  };

  return {
    askForJob: async (runner, now) => {
      if (isResting(health.get(runner.token) ?? HEALTHY, now)) return undefined;
      const names = { short: shortToken(runner.token), name: runner.name, systemId };
      const mark = marks.get(runner.token);
      const answer = await api.ask({
        method: 'POST',
        url: `${runner.url}/api/v4/jobs/request`,
        headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'RUNNER-TOKEN': runner.token },
        body: JSON.stringify({
          info: runnerInfo(runner),
          token: runner.token,
          system_id: systemId,
          ...(mark === undefined ? {} : { last_update: mark }),
        }),
      });
      note(runner, names, answer, now);
      const next = answer?.headers['x-gitlab-last-update'];
      if (typeof next === 'string') marks.set(runner.token, next);
      return answer?.status === 201 ? parseJob(answer.body) : undefined;
    },
  };
};
