/**
 * How the client library reaches GitLab: over our Http port instead of its own fetch. Its own one repeats every 429 and
 * 502 ten times within 0.3 s, also after a POST that did its work, drops `Retry-After` and the reason of a refused
 * token, knows no abort signal and cannot find `*.localhost` (@gitbeaker/rest 43.8.0, dist/index.mjs). `requesterFn` is
 * the library's own place to put another transport.
 */
import type { Gitlab } from '@gitbeaker/rest';
import type { Clock } from '../../../contracts/clock.ts';
import { type Http, type HttpResponse, TimedOut } from '../../../contracts/http.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { jsonBody, refusal, retryAfterMs } from './refusal.ts';
import { rightFor } from './rights.ts';

type LibraryOptions = NonNullable<ConstructorParameters<typeof Gitlab>[0]>;
export type RequesterFn = NonNullable<LibraryOptions['requesterFn']>;
type Requester = ReturnType<RequesterFn>;
type RequestOptions = NonNullable<Parameters<Requester['get']>[1]>;

export interface TransportOptions {
  readonly http: Http;
  readonly clock: Clock;
  readonly patient: boolean;
  readonly signal: AbortSignal;
  /** Called with every answer. */
  readonly heard: (response: HttpResponse) => void;
}

/** An answer that was a refusal, kept beside the error that stands for it. */
const refusedWith = new WeakMap<ChatopsError, HttpResponse>();

/** The answer behind an error of ours; undefined when there was none, or it is somebody else's error. */
export const answerBehind = (thrown: unknown): HttpResponse | undefined =>
  thrown instanceof ChatopsError ? refusedWith.get(thrown) : undefined;

const rememberAnswer = (error: ChatopsError, response: HttpResponse): ChatopsError => {
  refusedWith.set(error, response);
  return error;
};

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
/** Longest time a refusal may ask us to wait, ms; beyond that the user should decide. */
const LONGEST_WAIT_MS = 120_000;
const MOST_WAITS = 4;
/** Pauses before a read is repeated after a gateway's 502 to 504, ms. A write is never repeated for one. */
const GATEWAY_PAUSES_MS = [500, 2_000] as const;

/**
 * How long one answer may take, ms, where it is waited for. GitLab allows itself 57 s for a request (Omnibus: 95 % of
 * `worker_timeout`, 60; ob:files/gitlab-cookbooks/gitlab/libraries/gitlab_rails.rb), and takes them while it is cold.
 */
const PATIENT_MS = 60_000;
/** What changes nothing when it is done twice is asked for this often before silence counts as a failure. */
const MOST_SILENCES = 3;

/** Whether no answer came in time. */
export const wasSilent = (thrown: unknown): thrown is ChatopsError =>
  thrown instanceof ChatopsError && thrown.cause instanceof TimedOut;

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The library speaks camelCase, GitLab snake_case. */
const snakeKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(snakeKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [snake(key), snakeKeys(inner)]));
};

const queryOf = (params: Readonly<Record<string, unknown>> | undefined): string => {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params ?? {})) {
    if (value === undefined) continue;
    if (Array.isArray(value)) for (const each of value) query.append(`${snake(key)}[]`, String(each));
    else query.append(snake(key), String(value));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
};

const notJson = (host: string, request: string, response: HttpResponse): ChatopsError => {
  const type = (response.headers['content-type'] ?? 'nothing').split(';')[0];
  return new ChatopsError('UNEXPECTED_ANSWER', {
    what: `GitLab ${host} answers ${response.status} to ${request} with something that is not its API's JSON`,
    why: `the content type is ${type}`,
    next: 'check that the address leads to GitLab itself, not to a login page or a proxy in front of it',
  });
};

/** How long to wait before asking again, ms; undefined: not at all. */
const pauseBefore = (
  response: HttpResponse,
  isRead: boolean,
  tries: { readonly waits: number; readonly gateway: number },
  nowMs: number,
): number | undefined => {
  if (response.status === 429 && tries.waits < MOST_WAITS) {
    const asked = retryAfterMs(response, nowMs) ?? 1_000 * 2 ** tries.waits;
    return asked <= LONGEST_WAIT_MS ? asked : undefined;
  }
  if (isRead && [502, 503, 504].includes(response.status)) return GATEWAY_PAUSES_MS[tries.gateway];
  return undefined;
};

/** @returns what the library calls to build one requester for each of its resources */
export const createTransport = (options: TransportOptions): RequesterFn => {
  const { http, clock, signal } = options;

  return (service) => {
    const base = service.url.replace(/\/+$/, '');
    const host = new URL(base).host;
    const underApi = new URL(base).pathname.replace(/^.*?\/api\/v4/, '');

    const send = async (method: string, endpoint: string, request: RequestOptions): Promise<HttpResponse> => {
      const [header] = Object.entries(service.authHeaders);
      const body = request.body === undefined ? undefined : JSON.stringify(snakeKeys(request.body));
      const response = await http.request({
        method,
        url: `${base}/${endpoint}${queryOf(request.searchParams)}`,
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(header === undefined ? {} : { [header[0]]: await header[1]() }),
        },
        ...(body === undefined ? {} : { body }),
        ...(options.patient ? { timeoutMs: PATIENT_MS } : {}),
        signal,
      });
      options.heard(response);
      return response;
    };

    /** A read, or a change to what is given whole, as long as nobody answers. */
    const insist: typeof send = async (method, endpoint, request) => {
      for (let silences = 1; ; silences += 1) {
        try {
          return await send(method, endpoint, request);
        } catch (thrown) {
          if (!wasSilent(thrown) || silences === MOST_SILENCES) throw thrown;
        }
      }
    };

    const exchange = async (method: string, endpoint: string, request: RequestOptions) => {
      const named = `${method} ${underApi}/${endpoint}`;
      // Whether a refused POST took effect is looked up before it is repeated, by the caller, who knows what it makes.
      const mayRepeat = options.patient && method !== 'POST';
      const ask = options.patient && ['GET', 'PUT'].includes(method) ? insist : send;
      const tries = { waits: 0, gateway: 0 };
      for (;;) {
        const response = await ask(method, endpoint, request);
        if (response.status >= 200 && response.status < 300) return { response, named };
        const pause = mayRepeat ? pauseBefore(response, method === 'GET', tries, clock.date().getTime()) : undefined;
        if (pause === undefined) {
          throw rememberAnswer(refusal({ request: named, host, right: rightFor(named), response }), response);
        }
        if (response.status === 429) tries.waits += 1;
        else tries.gateway += 1;
        await clock.sleep(pause, signal);
      }
    };

    const requester = Object.fromEntries(
      METHODS.map((method) => [
        method,
        async (endpoint: string, request: RequestOptions = {}) => {
          const { response, named } = await exchange(method.toUpperCase(), endpoint, request);
          const body = response.status === 204 || response.body === '' ? null : jsonBody(response);
          if (body === undefined) throw rememberAnswer(notJson(host, named, response), response);
          return { body, headers: response.headers, status: response.status };
        },
      ]),
    );
    return requester as unknown as Requester;
  };
};
