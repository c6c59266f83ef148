/** REST v4 with the token of a login. What an answer means is decided by its status and the `id` of its error. */
import type { z } from 'zod';
import type { Http, HttpRequest, HttpResponse } from '../../../contracts/http.ts';
import type { ErrorCode } from '../../../errors/catalogue.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { Secret } from '../../../values/secret.ts';
import { errorId, isSuccess, jsonOf, whyOf } from './answers.ts';

export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v4`. */
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** What it is for, as in "could not post". */
  readonly doing: string;
}

/** @param base `https://chat.example.org`, no trailing slash @param token absent before a login */
export const requestOf = (
  base: string,
  { method, path, body }: { readonly method: string; readonly path: string; readonly body?: object | undefined },
  token?: Secret,
): HttpRequest => ({
  method,
  url: `${base}/api/v4${path}`,
  headers: {
    ...(token === undefined ? {} : { Authorization: `Bearer ${token.reveal()}` }),
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
  },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});

const CODES: Readonly<Record<number, ErrorCode>> = {
  401: 'TOKEN_INVALID',
  403: 'PERMISSION_MISSING',
  429: 'RATE_LIMITED',
};

export const refusalOf = (doing: string, response: HttpResponse): ChatopsError => {
  const code = CODES[response.status] ?? (errorId(response) === '' ? 'UNEXPECTED_ANSWER' : 'JOB_FAILED');
  return new ChatopsError(code, {
    what: `could not ${doing}`,
    why: whyOf(response),
  });
};

/** @throws ChatopsError UNEXPECTED_ANSWER */
export const read = <T>(doing: string, response: HttpResponse, schema: z.ZodType<T>): T => {
  const found = schema.safeParse(jsonOf(response));
  if (found.success) return found.data;
  throw new ChatopsError('UNEXPECTED_ANSWER', { what: `could not ${doing}`, why: "the answer is not Mattermost's" });
};

export interface Rest {
  /** Any answer. @throws ChatopsError UNREACHABLE */
  answer(asked: ApiCall, signal: AbortSignal): Promise<HttpResponse>;
  /** @throws ChatopsError as of a chat */
  ask<T>(asked: ApiCall, schema: z.ZodType<T>, signal: AbortSignal): Promise<T>;
  /** Undefined for 404, and for what is not for this account. @throws ChatopsError as of a chat */
  find<T>(asked: ApiCall, schema: z.ZodType<T>, signal: AbortSignal): Promise<T | undefined>;
}

/** @param token absent before a login */
export const createRest = (http: Http, base: string, token?: Secret): Rest => {
  const answer: Rest['answer'] = (asked, signal) => http.request({ ...requestOf(base, asked, token), signal });
  const ask: Rest['ask'] = async (asked, schema, signal) => {
    const response = await answer(asked, signal);
    if (!isSuccess(response)) throw refusalOf(asked.doing, response);
    return read(asked.doing, response, schema);
  };
  return {
    answer,
    ask,
    find: async (asked, schema, signal) => {
      const response = await answer(asked, signal);
      // Without an error of its own it is another server's 404.
      if ([403, 404].includes(response.status) && errorId(response) !== '') return undefined;
      if (!isSuccess(response)) throw refusalOf(asked.doing, response);
      return read(asked.doing, response, schema);
    },
  };
};
