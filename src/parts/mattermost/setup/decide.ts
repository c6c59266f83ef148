/** Wanted × Seen → what to do. Pure; each kind of object decides for itself, the order is that of the calls. */
import { decideChannels } from './decide-channels.ts';
import { decideHooks } from './decide-hooks.ts';
import { decideTeam } from './decide-team.ts';
import { decideUsers } from './decide-users.ts';
import { joined, type PartDecision } from './part-decision.ts';
import type { Seen } from './seen.ts';
import type { MattermostSetupSpec } from './spec.ts';

export const decideSetup = (spec: MattermostSetupSpec, seen: Seen): PartDecision =>
  joined([decideUsers(spec, seen), decideTeam(spec, seen), decideChannels(spec, seen), decideHooks(spec, seen)]);
