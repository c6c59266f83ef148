/** One authenticated REST call after the other: headers, second factor, rate limit, parsing. Decides nothing else. */
import type { z } from 'zod';
import type { Credentials } from '../../../contracts/credentials.ts';
import type { Http, HttpResponse } from '../../../contracts/http.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { sha256Hex } from '../../../values/sha256.ts';
import { type RateLimitOptions, sendWithinLimit } from './rate-limit.ts';
import { jsonOf, readRefusal, refusalError } from './refusal.ts';

export interface RestOptions extends RateLimitOptions {
  readonly http: Http;
}

export interface RestCall {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/api/v1/`: `channels.list`. */
  readonly path: string;
  /** Below `/api/` instead: the one call that has no version. Default false. */
  readonly unversioned?: true;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  /** For errors, after "could not": `create user alice`. */
  readonly doing: string;
  /** The permission it needs, for errors. */
  readonly needs: string;
}

export interface RestClient {
  readonly base: string;
  /** @throws ChatopsError for every answer but a success that the schema accepts */
  call<T>(call: RestCall, schema: z.ZodType<T>, signal: AbortSignal): Promise<T>;
  /** As `call`, but a refusal that `absent` accepts is the answer undefined. */
  find<T>(
    call: RestCall,
    schema: z.ZodType<T>,
    absent: (refusal: { readonly status: number; readonly code: string }) => boolean,
    signal: AbortSignal,
  ): Promise<T | undefined>;
}

export const urlOf = (base: string, path: string, query: RestCall['query'] = {}): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) search.set(name, String(value));
  return `${base}/api/v1/${path}${search.size > 0 ? `?${search}` : ''}`;
};

/** @throws ChatopsError UNEXPECTED_ANSWER naming the first field that is not as it should be */
export const parseAnswer = <T>(doing: string, base: string, response: HttpResponse, schema: z.ZodType<T>): T => {
  const parsed = schema.safeParse(jsonOf(response));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ChatopsError('UNEXPECTED_ANSWER', {
    what: `could not understand the answer of ${base} to "${doing}"`,
    why: `HTTP ${response.status}, ${issue?.path.join('/') || 'body'}: ${issue?.message ?? 'unknown'}`,
  });
};

export const createRestClient = (
  base: string,
  account: Credentials,
  token: { readonly userId: string; readonly authToken: string },
  options: RestOptions,
): RestClient => {
  const send = (call: RestCall, factor: Record<string, string>, signal: AbortSignal): Promise<HttpResponse> =>
    options.http.request({
      method: call.method,
      url: call.unversioned ? `${base}/api/${call.path}` : urlOf(base, call.path, call.query),
      headers: {
        'X-Auth-Token': token.authToken,
        'X-User-Id': token.userId,
        ...(call.body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...factor,
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      signal,
    });

  /** The factor `password` is answered with the digest the server compares (app/2fa/server/code/PasswordCheckFallback.ts). */
  const exchange = async (call: RestCall, signal: AbortSignal): Promise<HttpResponse> => {
    const limited = (factor: Record<string, string>) =>
      sendWithinLimit(call.doing, () => send(call, factor, signal), options, signal);
    const response = await limited({});
    const refusal = response.status === 400 ? readRefusal(response) : undefined;
    if (refusal?.code !== 'totp-required' || refusal.factor !== 'password') return response;
    return limited({ 'x-2fa-method': 'password', 'x-2fa-code': sha256Hex(account.password.reveal()) });
  };

  const ME: RestCall = { method: 'GET', path: 'me', doing: 'ask who it is', needs: 'a login' };
  const refuse = async (call: RestCall, response: HttpResponse, signal: AbortSignal): Promise<ChatopsError> => {
    const knowsUs = response.status === 401 && (await exchange(ME, signal)).status === 200;
    const doing = { doing: call.doing, base, username: account.username, needs: call.needs };
    return refusalError(doing, response, knowsUs);
  };

  const find: RestClient['find'] = async (call, schema, absent, signal) => {
    const response = await exchange(call, signal);
    if (response.status === 200) return parseAnswer(call.doing, base, response, schema);
    const refusal = readRefusal(response);
    if (refusal && absent(refusal)) return undefined;
    throw await refuse(call, response, signal);
  };

  return {
    base,
    find,
    call: async (call, schema, signal) => {
      const response = await exchange(call, signal);
      if (response.status === 200) return parseAnswer(call.doing, base, response, schema);
      throw await refuse(call, response, signal);
    },
  };
};
