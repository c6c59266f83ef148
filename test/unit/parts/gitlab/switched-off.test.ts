import { describe, expect, it } from 'vitest';
import type { HookDelivery } from '../../../../src/contracts/forge.ts';
import { switchedOff } from '../../../../src/parts/gitlab/switched-off.ts';

const delivery = (responseStatus: string, answeredAt?: string): HookDelivery => ({
  ...{ id: 1, key: undefined, kind: 'push', status: undefined, objectId: undefined, responseBody: '' },
  responseStatus,
  answeredAt,
});

const forGood = { forGood: true, until: undefined };
const resting = { forGood: false, until: '2026-03-01T10:20:31.000Z' };

describe('a hook that GitLab switched off', () => {
  it('says until when, since when and how the newest delivery ended', () => {
    const deliveries = [
      delivery('503', '2026-03-01T10:14:00.000Z'),
      delivery('internal error'),
      delivery('500', '2026-03-01T10:12:59.000Z'),
      delivery('200', '2026-03-01T09:00:00.000Z'),
      delivery('500', '2026-03-01T08:00:00.000Z'),
    ];
    expect(switchedOff(resting, deliveries)).toBe(
      'GitLab has switched it off until 2026-03-01 10:20 UTC: its last 3 deliveries failed, since 2026-03-01 10:12 UTC, and the newest was answered with 503',
    );
  });

  it('says that it will not try again, and that its receiver was not reached, where that is so', () => {
    expect(switchedOff(forGood, [delivery('internal error')])).toBe(
      'GitLab has switched it off for good: its last delivery failed, and the newest did not reach it',
    );
  });

  it('says what is known where there is no log, or none of what failed', () => {
    expect(switchedOff(forGood)).toBe('GitLab has switched it off for good after failed deliveries');
    expect(switchedOff({ forGood: false, until: undefined }, [delivery('302')])).toBe(
      'GitLab has switched it off for a while after failed deliveries',
    );
  });

  it('takes no text for a time that is none', () => {
    expect(switchedOff({ forGood: false, until: 'soon' }, [delivery('404', 'today')])).toBe(
      'GitLab has switched it off for a while: its last delivery failed, and the newest was answered with 404',
    );
  });
});
