/**
 * The way from start to ready, in simulated time: the port is shut, then the inner nginx answers 502, then all is up;
 * the script after reconfigure (which makes the first token) runs last. Later starts find a seeded database.
 */
import type { StandinReply, StandinRequest } from '../kit/http-standin.ts';

export interface BootTimes {
  /** Until then connections are refused. */
  readonly refusedMs: number;
  /** Until then nginx answers 502. */
  readonly readyMs: number;
  /** When `GITLAB_POST_RECONFIGURE_SCRIPT` has run. */
  readonly scriptMs: number;
}

export const FIRST_BOOT: BootTimes = { refusedMs: 40_000, readyMs: 100_000, scriptMs: 110_000 };
export const LATER_BOOT: BootTimes = { refusedMs: 10_000, readyMs: 35_000, scriptMs: 40_000 };

/** When the seed refuses a password: within the first reconfigure. */
export const SEED_MS = 30_000;

const JSON_PATHS = ['/-/readiness', '/-/liveness'];
const TEXT_PATHS = [
  '/-/health',
  '/health_check',
  '/health_check.json',
  '/health_check/database',
  '/health_check/migrations',
  '/health_check/cache',
];

/** The bodies the bundled nginx puts in place of an error's on the health paths (nginx-gitlab-health.conf.erb). */
export const nginxHealthReply = (path: string, status: number): StandinReply | undefined => {
  const text = `nginx returned ${status} when communicating with gitlab-workhorse`;
  if (JSON_PATHS.includes(path)) return { status, body: { error: text, status } };
  if (TEXT_PATHS.includes(path)) return { status, headers: { 'Content-Type': 'text/plain' }, body: `${text}\n` };
  return undefined;
};

const errorPage = (title: string, text: string): string =>
  `<!DOCTYPE html>\n<html>\n<head><title>${title}</title></head>\n<body><h1>${title}</h1><p>${text}</p></body>\n</html>\n`;

/** Pages are an error page of GitLab's own; on the API nginx does not interfere, so its bare page comes. */
export const bootingReply = ({ path }: StandinRequest): StandinReply => {
  const health = nginxHealthReply(path, 502);
  if (health !== undefined) return health;
  const body = /^\/api\/v\d/.test(path)
    ? '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n'
    : errorPage('GitLab is not responding (502)', 'Waiting for GitLab to boot. Try again in a minute.');
  return { status: 502, headers: { 'Content-Type': 'text/html' }, body };
};
