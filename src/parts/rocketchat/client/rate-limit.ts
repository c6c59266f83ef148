/**
 * Waiting when the server says "too many requests", as long as it says. The refused request was not carried out, so
 * sending it again repeats nothing; it is reported once, and given up after a few times.
 */

import type { Clock } from '../../../contracts/clock.ts';
import type { HttpResponse } from '../../../contracts/http.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { readRefusal } from './refusal.ts';

const MOST_WAITS = 3;
/** No window of the server's own is longer than a minute (`API_Enable_Rate_Limiter_Limit_Time_Default`, 60 000 ms). */
const LONGEST_WAIT_MS = 120_000;
const DEFAULT_WAIT_MS = 10_000;

/** From `X-RateLimit-Reset` (epoch ms) when that is near, else the seconds named in the text. */
export const waitMs = (response: HttpResponse, nowEpochMs: number): number => {
  const untilReset = Number(response.headers['x-ratelimit-reset']) - nowEpochMs;
  if (untilReset > 0 && untilReset <= LONGEST_WAIT_MS) return untilReset;
  const named = Number(readRefusal(response)?.text.match(/(\d+) seconds/)?.[1]) * 1_000;
  return named > 0 && named <= LONGEST_WAIT_MS ? named : DEFAULT_WAIT_MS;
};

export interface RateLimitOptions {
  readonly clock: Clock;
  /** Called before the first wait of a request. */
  readonly report: (text: string) => void;
}

export const sendWithinLimit = async (
  what: string,
  send: () => Promise<HttpResponse>,
  { clock, report }: RateLimitOptions,
  signal: AbortSignal,
): Promise<HttpResponse> => {
  for (let waits = 0; ; waits += 1) {
    const response = await send();
    if (response.status !== 429) return response;
    const ms = waitMs(response, clock.date().getTime());
    const seconds = Math.ceil(ms / 1_000);
    if (waits === MOST_WAITS) {
      throw new ChatopsError('RATE_LIMITED', {
        what: `Rocket.Chat still refuses to ${what} after ${MOST_WAITS} waits`,
        why: `too many requests from this address; it says to wait ${seconds} s more`,
        next: `wait ${seconds} s and run the command again, or raise API_Enable_Rate_Limiter_Limit_Calls_Default`,
      });
    }
    if (waits === 0) report(`Rocket.Chat limits requests from this address: waiting ${seconds} s to ${what}`);
    await clock.sleep(ms, signal);
  }
};
