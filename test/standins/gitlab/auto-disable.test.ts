import { afterFailure, afterSuccess, alertStatus } from '@chatops-up/standins/internal/gitlab/hooks/auto-disable';
import type { Hook } from '@chatops-up/standins/internal/gitlab/model';
import { describe, expect, it } from 'vitest';

const MINUTE = 60_000;
const hook = { recentFailures: 0, backoffCount: 0, disabledUntil: null } as unknown as Hook;

const AT_ONCE = { now: 0, refused: true, alike: true };

const failing = (times: number, how: Partial<typeof AT_ONCE> = {}): Hook => {
  let current = hook;
  for (let count = 0; count < times; count += 1) current = afterFailure(current, { ...AT_ONCE, ...how });
  return current;
};

describe('hooks that fail', () => {
  it.each([
    [3, null],
    [4, 1],
    [5, 2],
    [6, 4],
    [14, 1024],
    [15, 1440],
    [30, 1440],
  ])('after %i failures rest for %s minutes', (times, minutes) => {
    expect(failing(times).disabledUntil).toBe(minutes === null ? null : minutes * MINUTE);
  });

  it('stay off after the fortieth failure, whatever time passes', () => {
    expect(alertStatus(failing(40), Number.MAX_SAFE_INTEGER)).toBe('disabled');
  });

  it('before 17.11 stay off after the fourth failure that was a refusal', () => {
    const [third, fourth] = [3, 4].map((times) => alertStatus(failing(times, { alike: false }), 0));
    expect([third, fourth]).toEqual(['executable', 'disabled']);
  });

  it('before 17.11 try again for ever where they were not refused', () => {
    const hook = failing(100, { alike: false, refused: false });
    expect([alertStatus(hook, 0), alertStatus(hook, 1440 * MINUTE)]).toEqual(['temporarily_disabled', 'executable']);
  });

  it('are well again after one success', () => {
    expect(alertStatus(afterSuccess(failing(39)), 0)).toBe('executable');
  });
});
