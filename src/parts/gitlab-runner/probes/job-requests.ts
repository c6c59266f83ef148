/** The runner's own count of answers to its requests for jobs (run:docs/monitoring): it begins anew with its process. */

interface Counted {
  /** Of HTTP; below 100 where no answer came: -1 of a real runner 17.5. */
  readonly status: number;
  /** First characters of the token that it asked with, after its prefix. */
  readonly runner: string | undefined;
}

const SERIES = /^gitlab_runner_api_request_statuses_total\{([^}]*endpoint="request_job"[^}]*)\}/gm;

const label = (labels: string, name: string): string | undefined =>
  new RegExp(`(?:^|,)${name}="([^"]*)"`).exec(labels)?.[1];

const counted = (metricsText: string): readonly Counted[] =>
  [...metricsText.matchAll(SERIES)].map(([, labels = '']) => ({
    status: Number(label(labels, 'status')),
    runner: label(labels, 'runner'),
  }));

const isAnswer = (status: number): boolean => status >= 100;

/**
 * What keeps this process from having work; undefined where it has been answered. Only refusals mean that its token is dead
 * or its GitLab gone.
 * @param token in config.toml, as a process goes on for some seconds with the one before; undefined where it cannot be read
 */
export const unanswered = (metricsText: string, token: string | undefined): string | undefined => {
  const statuses = counted(metricsText)
    .filter(({ runner }) => runner === undefined || token === undefined || token.includes(runner))
    .map(({ status }) => status);
  if (statuses.some((status) => status >= 200 && status < 300)) return undefined;
  const refusals = [...new Set(statuses.filter(isAnswer))];
  if (refusals.length > 0) return `its requests for jobs were answered ${refusals.join(', ')} only`;
  if (statuses.length > 0) return 'none of its requests for jobs was answered: it cannot reach GitLab';
  return token === undefined
    ? 'it has not asked for jobs since it was started'
    : 'it has not asked for jobs with the token in config.toml since it was started';
};
