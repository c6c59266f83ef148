import type { SetupChange } from './change.ts';
import type { PartDecision } from './part-decision.ts';
import type { Seen } from './seen.ts';
import type { Wanted } from './wanted.ts';

export const decideSettings = ({ settings }: Wanted, seen: Seen): PartDecision => {
  const wanted = Object.entries(settings).map(([id, value]) => ({ id, value, now: seen.settings[id] }));
  return {
    changes: wanted
      .filter(({ value, now }) => now !== undefined && now !== value)
      .map(
        ({ id, value, now }): SetupChange => ({
          action: 'update',
          resource: 'setting',
          name: id,
          cause: `is ${JSON.stringify(now)}, wanted ${JSON.stringify(value)}`,
          step: { kind: 'setting', id, value },
        }),
      ),
    conflicts: [],
    warnings: wanted
      .filter(({ now }) => now === undefined)
      .map(({ id }) => `setting ${id} is unknown to this server or hidden (SETTINGS_HIDDEN): it was left as it is`),
  };
};
