/**
 * Failing hooks are switched off for growing spans (gl:app/models/concerns/web_hooks/auto_disabling.rb): three failures
 * in a row are free, from the fourth on it rests 1 min × 2^n, at most a day; after the fortieth it stays off.
 */

import type { SimulatedTime } from '../../kit/simulated-time.ts';
import type { Hook } from '../model.ts';
import type { State } from '../state.ts';

const FREE_FAILURES = 3;
const LAST_FAILURE = 40;
const FIRST_REST_MS = 60_000;
const LONGEST_REST_MS = 24 * 60 * 60_000;

export type AlertStatus = 'executable' | 'temporarily_disabled' | 'disabled';

export const alertStatus = (hook: Hook, now: number): AlertStatus => {
  if (hook.recentFailures >= LAST_FAILURE) return 'disabled';
  return hook.disabledUntil !== null && hook.disabledUntil > now ? 'temporarily_disabled' : 'executable';
};

export const afterSuccess = (hook: Hook): Hook => ({
  ...hook,
  recentFailures: 0,
  backoffCount: 0,
  disabledUntil: null,
});

export const afterFailure = (hook: Hook, now: number): Hook => {
  const recentFailures = Math.min(LAST_FAILURE, hook.recentFailures + 1);
  if (recentFailures <= FREE_FAILURES) return { ...hook, recentFailures };
  const rest = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** hook.backoffCount);
  return { ...hook, recentFailures, backoffCount: hook.backoffCount + 1, disabledUntil: now + rest };
};

/**
 * At a start: simulated time may have run ahead of the clock in the run before, so that a rest of a minute would seem to
 * last for hours. Time has passed while nothing ran, and the rest with it.
 */
export const endRests = ({ state, time }: { readonly state: State; readonly time: SimulatedTime }): void => {
  for (const hook of state.hooks.all())
    if (hook.disabledUntil !== null && hook.disabledUntil > time.now())
      state.hooks.put(String(hook.id), { ...hook, disabledUntil: time.now() });
};
