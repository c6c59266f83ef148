/** Wanted × Seen → what to do. Pure; each kind of object decides for itself, the order is that of the calls. */
import type { Decision } from '../../../contracts/job.ts';
import type { SetupChange } from './change.ts';
import { decideRooms } from './decide-rooms.ts';
import { decideSettings } from './decide-settings.ts';
import { decideUsers } from './decide-users.ts';
import { decideVersion } from './decide-version.ts';
import { decideWebhook } from './decide-webhook.ts';
import type { Seen } from './seen.ts';
import type { Wanted } from './wanted.ts';

export const decideSetup = (wanted: Wanted, seen: Seen): Decision<SetupChange> => {
  const parts = [decideVersion, decideSettings, decideUsers, decideRooms, decideWebhook].map((decide) =>
    decide(wanted, seen),
  );
  return {
    changes: parts.flatMap(({ changes }) => changes),
    conflicts: parts.flatMap(({ conflicts }) => conflicts),
    warnings: parts.flatMap(({ warnings }) => warnings),
  };
};
