/** Mattermost's answers in our words: decided by status and by the `id` of its errors, never by their texts. */
import { z } from 'zod';
import type { Later, Refused } from '../../../contracts/chat-sink.ts';
import type { Http, HttpRequest, HttpResponse } from '../../../contracts/http.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { readJson } from '../../../values/shape.ts';

const appError = z.object({ id: z.string(), message: z.string().catch('') });

export const jsonOf = (response: HttpResponse): unknown => readJson(response.body);

/** `app.channel.get_by_name.missing.app_error`; empty when the answer is none of Mattermost's errors. */
export const errorId = (response: HttpResponse): string => appError.safeParse(jsonOf(response)).data?.id ?? '';

export const whyOf = (response: HttpResponse): string => {
  const id = errorId(response);
  return id === '' ? `HTTP ${response.status}` : `HTTP ${response.status} (${id})`;
};

/** No server of ours makes anybody wait longer. */
const LONGEST_WAIT_S = 3_600;

/** `X-RateLimit-Reset` is in seconds to wait, not a date (app/ratelimit.go). */
export const waitOf = ({ headers }: HttpResponse): { readonly afterMs?: number } => {
  const seconds = Number(headers['retry-after'] ?? headers['x-ratelimit-reset'] ?? Number.NaN);
  return seconds > 0 && seconds <= LONGEST_WAIT_S ? { afterMs: seconds * 1_000 } : {};
};

/** Only what is wrong with the message itself is refused for good; a right or a channel may come back. */
const FOR_GOOD = new Set([400, 413, 422]);

export const failure = (doing: string, response: HttpResponse): Refused | Later => {
  const why = `could not ${doing}: ${whyOf(response)}`;
  if (FOR_GOOD.has(response.status)) return { kind: 'refused', why };
  return { kind: 'later', why, ...(response.status === 429 ? waitOf(response) : {}) };
};

export const isSuccess = ({ status }: HttpResponse): boolean => status >= 200 && status < 300;

/** An answer, or why there is none: addresses of incoming webhooks are secrets, so no URL gets into it. */
export const ask = async (http: Http, request: HttpRequest, signal: AbortSignal): Promise<HttpResponse | Later> => {
  try {
    return await http.request({ ...request, signal });
  } catch (thrown) {
    if (signal.aborted || !(thrown instanceof ChatopsError)) throw thrown;
    return { kind: 'later', why: `Mattermost does not answer: ${thrown.why ?? thrown.code}` };
  }
};
