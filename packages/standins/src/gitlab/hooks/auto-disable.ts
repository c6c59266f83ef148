/**
 * Failing hooks are switched off for growing spans (gl:app/models/concerns/web_hooks/auto_disabling.rb): three failures
 * in a row are free, from the fourth on it rests 1 min × 2^n, at most a day. Since 17.11 all failures are alike, and after
 * the fortieth it stays off; before, the fourth that the receiver itself refused (4xx) switched it off for good, and no
 * other ever did (gitlab-org/gitlab!166329). On self-managed servers all of it stands behind a flag, here it is on.
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
  const isRefused = hook.recentFailures > FREE_FAILURES && hook.disabledUntil === null;
  if (isRefused || hook.recentFailures >= LAST_FAILURE) return 'disabled';
  return hook.disabledUntil !== null && hook.disabledUntil > now ? 'temporarily_disabled' : 'executable';
};

export const afterSuccess = (hook: Hook): Hook => ({
  ...hook,
  recentFailures: 0,
  backoffCount: 0,
  disabledUntil: null,
});

const resting = (hook: Hook, recentFailures: number, now: number): Hook => {
  const rest = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** hook.backoffCount);
  return { ...hook, recentFailures, backoffCount: hook.backoffCount + 1, disabledUntil: now + rest };
};

const afterFormerFailure = (hook: Hook, now: number, refused: boolean): Hook => {
  const recentFailures = Math.min(LAST_FAILURE - 1, hook.recentFailures + 1);
  if (recentFailures <= FREE_FAILURES) return { ...hook, recentFailures };
  return refused ? { ...hook, recentFailures, disabledUntil: null } : resting(hook, recentFailures, now);
};

export interface Failure {
  readonly now: number;
  /** The receiver answered, and refused (4xx). */
  readonly refused: boolean;
  /** All failures count alike (since 17.11). */
  readonly alike: boolean;
}

export const afterFailure = (hook: Hook, { now, refused, alike }: Failure): Hook => {
  if (!alike) return afterFormerFailure(hook, now, refused);
  const recentFailures = Math.min(LAST_FAILURE, hook.recentFailures + 1);
  if (recentFailures <= FREE_FAILURES) return { ...hook, recentFailures };
  return resting(hook, recentFailures, now);
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
