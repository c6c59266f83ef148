/** The calls a runner makes, and when it repeats one (run:network/gitlab.go, network/retry_requester.go). */
import { Agent, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { SimulatedTime } from '../kit/simulated-time.ts';
import type { ServerContext } from '../standin.ts';
import { REVISION, VERSION } from './metrics.ts';

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Asking {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  /** `http://gitlab/api/v4/jobs/request` */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export interface GitLabApi {
  /** Undefined: no answer came (refused, no such name, cut). Repeated on 408, 429 and most 5xx, five times at most. */
  ask(asking: Asking): Promise<Answered | undefined>;
  close(): void;
}

const REPEATED = [408, 429, 500, 502, 503, 504];
const MAX_TRIES = 5;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 60_000;
const TIMEOUT_MS = 10_000;
const USER_AGENT = `gitlab-runner ${VERSION} (${REVISION}; standin; linux/amd64)`;

const isRepeated = (status: number) => REPEATED.includes(status) || status >= 512;

/** What the server asks for, else growing from a tenth of a second. Simulated ms. */
const waitMs = (answer: Answered, tries: number, now: number): number => {
  const reset = Date.parse(String(answer.headers['ratelimit-resettime'] ?? ''));
  if (!Number.isNaN(reset)) return Math.max(0, reset - now);
  const after = Number(answer.headers['retry-after'] ?? Number.NaN);
  return Number.isNaN(after) ? Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries) : after * 1_000;
};

export const createGitLabApi = (
  lookup: ServerContext['lookup'],
  time: SimulatedTime,
  stopped: AbortSignal,
): GitLabApi => {
  const agent = new Agent({ keepAlive: true });

  const once = (asking: Asking): Promise<Answered | undefined> =>
    new Promise((resolve) => {
      const url = new URL(asking.url);
      const secure = url.protocol === 'https:';
      const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
      const place = lookup(url.hostname, port) ?? { host: url.hostname, port };
      const sending = (secure ? httpsRequest : httpRequest)(
        {
          method: asking.method,
          host: place.host,
          port: place.port,
          path: `${url.pathname}${url.search}`,
          signal: stopped,
          ...(secure ? {} : { agent }),
          headers: {
            'User-Agent': USER_AGENT,
            ...asking.headers,
            Host: url.host,
            'Content-Length': Buffer.byteLength(asking.body),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', () => resolve(undefined));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        },
      );
      sending.setTimeout(TIMEOUT_MS, () => sending.destroy());
      sending.on('error', () => resolve(undefined));
      sending.end(asking.body);
    });

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const end = () => {
        cancel();
        stopped.removeEventListener('abort', end);
        resolve();
      };
      const cancel = time.after(ms, end);
      stopped.addEventListener('abort', end);
    });

  return {
    ask: async (asking) => {
      let answer = await once(asking);
      for (let tries = 1; tries < MAX_TRIES && answer !== undefined && isRepeated(answer.status); tries += 1) {
        await pause(waitMs(answer, tries, time.now()));
        if (stopped.aborted) return undefined;
        answer = await once(asking);
      }
      return answer;
    },
    close: () => agent.destroy(),
  };
};
