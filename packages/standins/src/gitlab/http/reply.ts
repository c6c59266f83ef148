/** Answers and refusals in the exact shapes of GitLab's API (gl19:lib/api/helpers.rb, gl:lib/api/api_guard.rb). */
import type { StandinReply } from '../../kit/http-standin.ts';

/** Thrown by handlers to answer at once. */
export class Refusal extends Error {
  readonly reply: StandinReply;

  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(`answered ${status}`);
    this.reply = { status, body, headers };
  }
}

export const ok = (body: unknown, headers: Readonly<Record<string, string>> = {}): StandinReply => ({
  status: 200,
  body,
  headers,
});
export const created = (body: unknown): StandinReply => ({ status: 201, body });
export const noContent = (): StandinReply => ({ status: 204 });
export const html = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): StandinReply => ({
  status,
  headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers },
  body,
});

const withReason = (text: string, reason?: string) => ({
  message: reason === undefined ? text : `${text} - ${reason}`,
});

export const unauthorized = () => new Refusal(401, { message: '401 Unauthorized' });
export const forbidden = (reason?: string) => new Refusal(403, withReason('403 Forbidden', reason));
export const badRequest = (reason: string) => new Refusal(400, withReason('400 Bad request', reason));
/** A parameter check failed: `url is missing`. */
export const badParameter = (problem: string) => new Refusal(400, { error: problem });
/** A record was refused: field → problems. */
export const badRecord = (problems: Readonly<Record<string, readonly string[]>>) =>
  new Refusal(400, { message: problems });
/** `404 Project Not Found` for a named kind; the lower-case `404 Not found` for a record's number. */
export const notFound = (kind?: string) =>
  new Refusal(404, { message: kind === undefined ? '404 Not found' : `404 ${kind} Not Found` });
export const noSuchRoute = () => new Refusal(404, { error: '404 Not Found' });
export const notAllowed = () => new Refusal(405, { error: '405 Not Allowed' });
export const unprocessable = (body: unknown) => new Refusal(422, body);
export const insufficientScope = (wanted: readonly string[]) =>
  new Refusal(403, {
    error: 'insufficient_scope',
    error_description: 'The request requires higher privileges than provided by the access token.',
    scope: wanted.join(' '),
  });
/** The limit of one endpoint; the instance-wide one is plain text (see fault-presets.ts). */
export const endpointLimited = () =>
  new Refusal(429, { message: { error: 'This endpoint has been requested too many times. Try again later.' } });
