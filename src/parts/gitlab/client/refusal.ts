/** What a GitLab says when it refuses, as our errors. The only place that knows GitLab's error shapes and sentences. */

import type { HttpResponse } from '../../../contracts/http.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { isRecord, readJson } from '../../../values/shape.ts';
import type { Right } from './rights.ts';

export interface RefusedCall {
  /** `GET /projects/ops%2Fapp/hooks`, without the query. */
  readonly request: string;
  readonly host: string;
  readonly right: Right;
  readonly response: HttpResponse;
}

/** Longest part of an answer shown. */
const SHOWN_CHARACTERS = 200;

const oneLine = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > SHOWN_CHARACTERS ? `${line.slice(0, SHOWN_CHARACTERS)}…` : line;
};

const sentence = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(sentence).join(', ');
  if (isRecord(value))
    return Object.entries(value)
      .map(([key, inner]) => `${key} ${sentence(inner)}`)
      .join('; ');
  return value === undefined || value === null ? '' : String(value);
};

/** The body as JSON when it says so and is; undefined otherwise. */
export const jsonBody = (response: HttpResponse): unknown => {
  if (!(response.headers['content-type'] ?? '').includes('application/json')) return undefined;
  return readJson(response.body);
};

/** GitLab uses `message` (text, list or object), `error`, and `error_description`, each alone or together. */
export const saidBy = (response: HttpResponse): string => {
  const body = jsonBody(response);
  if (isRecord(body)) {
    const parts = [body.error, body.error_description, body.message].map(sentence).filter((part) => part !== '');
    if (parts.length > 0) return oneLine(parts.join(': '));
  }
  const type = (response.headers['content-type'] ?? 'nothing').split(';')[0];
  if (type === 'text/html') return 'an HTML page instead of JSON';
  return oneLine(response.body) || `no words (${type})`;
};

/** Seconds or an HTTP date (RFC 9110 section 10.2.3) in ms; undefined when the server names no time. */
export const retryAfterMs = (response: HttpResponse, nowMs: number): number | undefined => {
  const header = response.headers['retry-after'];
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
};

const lacksRight = (refused: RefusedCall): ChatopsError => {
  const { right, response } = refused;
  const what = `GitLab ${refused.host} does not allow ${refused.request}`;
  if (saidBy(response).includes('insufficient_scope')) {
    return new ChatopsError('PERMISSION_MISSING', {
      what,
      why: `the token lacks scope \`${right.scope}\` (GitLab: ${saidBy(response)})`,
      next: `make a token with scope \`${right.scope}\` and put it into .env`,
    });
  }
  return new ChatopsError('PERMISSION_MISSING', {
    what,
    why: `the token's user needs ${right.role} (GitLab: ${saidBy(response)})`,
    next: `give the token's user ${right.role}, or use the token of somebody who has it`,
  });
};

const tokenInvalid = (refused: RefusedCall): ChatopsError =>
  new ChatopsError('TOKEN_INVALID', {
    what: `GitLab ${refused.host} does not accept the token`,
    why: saidBy(refused.response),
    next: 'make a new token with scope `api` and put it into .env',
  });

const rateLimited = (refused: RefusedCall): ChatopsError => {
  const after = refused.response.headers['retry-after'];
  return new ChatopsError('RATE_LIMITED', {
    what: `GitLab ${refused.host} refuses ${refused.request}: too many requests`,
    why: saidBy(refused.response),
    next: after === undefined ? 'wait a minute and run the command again' : `run the command again after ${after} s`,
  });
};

const moved = (refused: RefusedCall): ChatopsError =>
  new ChatopsError('UNEXPECTED_ANSWER', {
    what: `GitLab ${refused.host} answers ${refused.response.status} to ${refused.request}`,
    why: 'it has moved, or the address leads to another server',
    next: 'use the new path or address in chatops.yaml',
  });

/** The error for an answer that is not 2xx. */
export const refusal = (refused: RefusedCall): ChatopsError => {
  const { status } = refused.response;
  if (status === 401) return tokenInvalid(refused);
  if (status === 403) return lacksRight(refused);
  if (status === 429) return rateLimited(refused);
  if (status >= 300 && status < 400) return moved(refused);
  return new ChatopsError('UNEXPECTED_ANSWER', {
    what: `GitLab ${refused.host} answers ${status} to ${refused.request}`,
    why: saidBy(refused.response),
    ...(status >= 500 ? { next: 'look at the log of GitLab, then run the command again' } : {}),
  });
};
