/** The runner's `/metrics`, in Prometheus' text form (run:docs/monitoring). */

export interface RunnerNames {
  /** First characters of the token after its prefix. */
  readonly short: string;
  readonly name: string;
  readonly systemId: string;
}

export interface Metrics {
  countAnswer(runner: RunnerNames, endpoint: string, status: number): void;
  countHealthFailure(runner: RunnerNames): void;
  jobsRunning(change: 1 | -1): void;
  text(concurrent: number): string;
}

export const VERSION = '19.3.0';
export const REVISION = 'standin0';
/** What counts as status when no answer came: seen of a real runner 17.5.0. */
export const NO_ANSWER = -1;

const labels = (pairs: Readonly<Record<string, string | number>>): string =>
  `{${Object.entries(pairs)
    .map(([name, value]) => `${name}="${String(value).replace(/[\\"\n]/g, '_')}"`)
    .join(',')}}`;

const counter = (name: string, help: string, kind: 'counter' | 'gauge', lines: readonly string[]): string =>
  [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...lines.map((line) => `${name}${line}`)].join('\n');

export const createMetrics = (): Metrics => {
  const answers = new Map<string, number>();
  const failures = new Map<string, number>();
  let running = 0;
  const add = (map: Map<string, number>, key: string, by: number) => map.set(key, (map.get(key) ?? 0) + by);
  const listed = (map: Map<string, number>) => [...map].map(([key, value]) => `${key} ${value}`);
  return {
    countAnswer: ({ short, systemId }, endpoint, status) =>
      void add(answers, labels({ endpoint, method: 'POST', runner: short, status, system_id: systemId }), 1),
    countHealthFailure: ({ short, name, systemId }) =>
      void add(failures, labels({ runner: short, runner_name: name, system_id: systemId }), 1),
    jobsRunning: (change) => {
      running += change;
    },
    text: (concurrent) =>
      `${[
        counter('gitlab_runner_version_info', 'A metric with a constant 1 value labeled by build facts.', 'gauge', [
          `${labels({ architecture: 'amd64', branch: 'main', name: 'gitlab-runner', os: 'linux', revision: REVISION, version: VERSION })} 1`,
        ]),
        counter(
          'gitlab_runner_api_request_statuses_total',
          'Requests to GitLab by endpoint and status.',
          'counter',
          listed(answers),
        ),
        counter(
          'gitlab_runner_worker_health_check_failures_total',
          'Times a runner was found unhealthy.',
          'counter',
          listed(failures),
        ),
        counter('gitlab_runner_concurrent', 'The wanted number of jobs at once.', 'gauge', [` ${concurrent}`]),
        counter('gitlab_runner_jobs', 'Jobs that run now.', 'gauge', [` ${running}`]),
      ].join('\n')}\n`,
  };
};
