import type { Clock } from '../../contracts/clock.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { isDeadline } from '../run-check.ts';

const LOOK_AGAIN_MS = 250;

export type Polled<T> =
  | { readonly kind: 'there'; readonly value: T }
  /** What it waits for, as it stands now; shown when the deadline passes. */
  | { readonly kind: 'not-yet'; readonly state: string };

export const there = <T>(value: T): Polled<T> => ({ kind: 'there', value });
export const notYet = (state: string): Polled<never> => ({ kind: 'not-yet', state });

/** Looks until it is there. @throws ChatopsError DEADLINE_PASSED with the last state; the signal's reason otherwise */
export const poll = async <T>(look: () => Promise<Polled<T>>, clock: Clock, signal: AbortSignal): Promise<T> => {
  let state = 'nothing was answered yet';
  try {
    for (;;) {
      const seen = await look();
      if (seen.kind === 'there') return seen.value;
      state = seen.state;
      await clock.sleep(LOOK_AGAIN_MS, signal);
    }
  } catch (thrown) {
    if (!signal.aborted || !isDeadline(signal.reason)) throw thrown;
    const { what, next } = signal.reason;
    throw new ChatopsError('DEADLINE_PASSED', { what, why: `at that moment: ${state}`, next });
  }
};
