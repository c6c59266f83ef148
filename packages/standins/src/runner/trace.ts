/** A job's log on its way to GitLab: pieces with their place, secrets masked (runner-exchange.json shows the calls). */
import { crc32 } from 'node:zlib';
import type { Answered, GitLabApi } from './gitlab-api.ts';

export interface Trace {
  write(text: string): void;
  /** Sends what has gathered, or a sign of life where nothing has for long. `false`: GitLab wants the job to end. */
  flush(): Promise<boolean>;
  readonly checksum: string;
  readonly size: number;
  /** Simulated seconds between two pieces, as GitLab last said. */
  readonly intervalSeconds: number;
}

export interface TraceTarget {
  readonly api: GitLabApi;
  /** `http://gitlab/api/v4` */
  readonly base: string;
  readonly jobId: number;
  readonly token: string;
  readonly secrets: readonly string[];
  /** Simulated ms. */
  readonly now: () => number;
}

const ENDED = ['canceling', 'canceled', 'failed', 'success'];
const DEFAULT_INTERVAL_S = 3;
/** Simulated, without a word of the job (run:network/trace.go, `forceSendInterval`). */
const SIGN_OF_LIFE_MS = 30_000;
/** Shorter ones would mask half the log. */
const MIN_SECRET = 8;

const wantsEnd = ({ status, headers }: Answered): boolean =>
  status === 403 || ENDED.includes(String(headers['job-status'] ?? ''));

export const createTrace = ({ api, base, jobId, token, secrets, now }: TraceTarget): Trace => {
  let all = Buffer.alloc(0);
  let sent = 0;
  let interval = DEFAULT_INTERVAL_S;
  let askedAt = now();
  const masked = (text: string): string =>
    secrets
      .filter(({ length }) => length >= MIN_SECRET)
      .reduce((sum, secret) => sum.replaceAll(secret, '[MASKED]'), text);

  const patch = (from: number): Promise<Answered | undefined> =>
    api.ask({
      method: 'PATCH',
      url: `${base}/jobs/${jobId}/trace?debug_trace=false`,
      headers: { 'JOB-TOKEN': token, 'Content-Range': `${from}-${all.length - 1}`, 'Content-Type': 'text/plain' },
      body: all.subarray(from),
    });

  const touch = (): Promise<Answered | undefined> =>
    api.ask({
      method: 'PUT',
      url: `${base}/jobs/${jobId}`,
      headers: { 'Content-Type': 'application/json', 'JOB-TOKEN': token },
      body: JSON.stringify({ token, state: 'running' }),
    });

  const flush = async (): Promise<boolean> => {
    const hasMore = sent < all.length;
    if (!hasMore && now() - askedAt < SIGN_OF_LIFE_MS) return true;
    askedAt = now();
    const upTo = all.length;
    const answer = await (hasMore ? patch(sent) : touch());
    // No answer: the piece stays and goes with the next one.
    if (answer === undefined) return true;
    if (answer.status === 202) {
      sent = upTo;
      interval = Number(answer.headers['x-gitlab-trace-update-interval'] ?? interval);
    }
    if (answer.status === 416) sent = Number(String(answer.headers.range ?? '0-0').split('-')[1] ?? 0);
    return !wantsEnd(answer);
  };

  return {
    write: (text) => {
      all = Buffer.concat([all, Buffer.from(masked(text))]);
    },
    flush,
    get checksum() {
      return `crc32:${crc32(all).toString(16).padStart(8, '0')}`;
    },
    get size() {
      return all.length;
    },
    get intervalSeconds() {
      return interval;
    },
  };
};
