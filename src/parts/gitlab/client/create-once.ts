/** Makes something exactly once although its answer may be lost: looks before it asks a second time. */

import type { Clock } from '../../../contracts/clock.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { retryAfterMs } from './refusal.ts';
import { answerBehind, wasSilent } from './transport.ts';

export interface CreateOnce<T> {
  readonly post: () => Promise<T>;
  /** What `post` would have made, if it is there. */
  readonly look: () => Promise<T | undefined>;
  readonly clock: Clock;
  readonly patient: boolean;
  readonly signal: AbortSignal;
}

/** Pause when a refusal names no time, and the longest one taken, ms. */
const DEFAULT_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 120_000;

/** GitLab may be at work on a request for this long, ms, whether or not anybody still waits for the answer. */
const AT_WORK_MS = 57_000;
const LOOK_AGAIN_MS = 2_000;

/** What `post` made after all, although its answer did not come: looked for as long as GitLab may be at work on it. */
const lookOn = async <T>({ look, clock, signal }: CreateOnce<T>): Promise<T | undefined> => {
  const until = clock.now() + AT_WORK_MS;
  for (;;) {
    const made = await look();
    if (made !== undefined || clock.now() >= until) return made;
    await clock.sleep(LOOK_AGAIN_MS, signal);
  }
};

/** Refused because of too many requests, a gateway's answer, or none at all: the work may have been done. */
const mayHaveWorked = (thrown: unknown): thrown is ChatopsError => {
  if (!(thrown instanceof ChatopsError)) return false;
  if (thrown.code === 'RATE_LIMITED' || thrown.code === 'UNREACHABLE') return true;
  const status = answerBehind(thrown)?.status;
  return status !== undefined && (status >= 500 || (status >= 200 && status < 300));
};

/** @throws ChatopsError what `post` threw when it made nothing */
export const createOnce = async <T>(options: CreateOnce<T>): Promise<T> => {
  const { clock, signal } = options;
  try {
    return await options.post();
  } catch (thrown) {
    if (!options.patient || signal.aborted || !mayHaveWorked(thrown)) throw thrown;
    if (thrown.code === 'RATE_LIMITED') {
      const answer = answerBehind(thrown);
      const asked = answer && retryAfterMs(answer, clock.date().getTime());
      if ((asked ?? 0) > LONGEST_PAUSE_MS) throw thrown;
      await clock.sleep(asked ?? DEFAULT_PAUSE_MS, signal);
    }
    const mayBeAtWork = wasSilent(thrown) || answerBehind(thrown)?.status === 504;
    const made = await (mayBeAtWork ? lookOn(options) : options.look());
    if (made !== undefined) return made;
    if (thrown.code !== 'RATE_LIMITED') throw thrown;
    return options.post();
  }
};
