import { ofOtherStack, stackMarkedIn } from '../../../stack/names.ts';
import { bearsMark } from './marks.ts';
import { joined, type PartDecision } from './part-decision.ts';
import type { Seen } from './seen.ts';
import type { MattermostSetupSpec } from './spec.ts';

type WantedHook = MattermostSetupSpec['hooks'][number];

/** Their names are not unique: of several the oldest of ours is taken, and those of others are left alone. */
const decideHook = ({ name, channel }: WantedHook, { mark }: MattermostSetupSpec, { hooks }: Seen): PartDecision => {
  const named = hooks.filter((hook) => hook.name === name);
  const ours = named.filter(({ description }) => bearsMark(description, mark));
  const [found] = ours;
  const others = named.filter((hook) => !ours.includes(hook)).map(({ description }) => stackMarkedIn(description));
  const other = others.find((stack) => stack !== undefined);
  if (found === undefined && other !== undefined) {
    return { changes: [], conflicts: [{ resource: 'webhook', name, ...ofOtherStack(other) }], warnings: [] };
  }
  const warnings =
    ours.length > 1 ? [`there are ${ours.length} incoming webhooks ${name} of ours: remove the newer ones`] : [];
  if (found?.channel === channel) return { changes: [], conflicts: [], warnings };
  const change = found
    ? ({
        action: 'update',
        cause: `it posts into another channel, wanted ${channel}`,
        step: { kind: 'move-hook', hook: { id: found.id, name, description: found.description }, channel },
      } as const)
    : ({
        action: 'create',
        cause: `there is no incoming webhook ${name} of ours`,
        step: { kind: 'hook', name, channel },
      } as const);
  return { changes: [{ resource: 'webhook', name, ...change }], conflicts: [], warnings };
};

export const decideHooks = (spec: MattermostSetupSpec, seen: Seen): PartDecision =>
  joined(spec.hooks.map((hook) => decideHook(hook, spec, seen)));
