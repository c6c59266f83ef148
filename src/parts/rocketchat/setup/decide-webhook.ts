import { alsoTaking, nameOfTaken, secretsIn, takenIn } from '../../../notifier/notifier-script.ts';
import type { WantedWebhook, Webhook } from '../rocketchat.ts';
import type { PartDecision } from './part-decision.ts';
import type { Seen } from './seen.ts';
import type { Wanted } from './wanted.ts';

/** A secret that hooks may still send when others have changed it meanwhile; more were never on their way at once. */
const MOST_FORMER = 4;

/**
 * What the hook takes now it goes on taking, until gitlab-setup has given every hook the new secret and ends it: so
 * nothing that is delivered meanwhile is refused, also when a run is killed in between.
 */
const withFormerSecrets = (webhook: WantedWebhook, { script }: Webhook): WantedWebhook => {
  const [current] = secretsIn(webhook.script);
  const former = takenIn(script).filter((taken) => nameOfTaken(taken) !== current);
  return { ...webhook, script: alsoTaking(webhook.script, former.slice(0, MOST_FORMER)) };
};

const scriptDrift = (webhook: WantedWebhook, { script }: Webhook): string => {
  const [wanted] = secretsIn(webhook.script);
  const [current] = secretsIn(script);
  if (current === undefined || current === wanted) return 'its script differs from ours';
  const [one] = takenIn(script);
  return one?.hooks === undefined
    ? 'its script lets one secret into every room (it stays good until every hook has a token of its own)'
    : 'its script does not take the secret in .env yet (the former one stays good until every hook has a new token)';
};

const driftOf = (webhook: WantedWebhook, seen: Webhook): string[] => [
  ...(seen.enabled ? [] : ['is disabled']),
  ...(seen.scriptEnabled ? [] : ['its script is switched off']),
  ...(seen.overrideRoom ? [] : ['its callers may not choose the room']),
  ...(seen.channels.join(',') === `#${webhook.room}` ? [] : [`posts to ${seen.channels.join(', ') || 'no room'}`]),
  ...(seen.script === webhook.script ? [] : [scriptDrift(webhook, seen)]),
  ...(seen.scriptError === undefined ? [] : [`its script did not compile: ${seen.scriptError}`]),
  ...(seen.scriptCompiled ? [] : ['its script is not compiled']),
];

/** Names are not unique on the server, so the oldest of ours counts: two runs at once may have made a second one. */
export const decideWebhook = ({ webhook }: Wanted, seen: Seen): PartDecision => {
  if (webhook === undefined) return { changes: [], conflicts: [], warnings: [] };
  const [ours, ...more] = seen.webhooks.filter(({ poster }) => poster === webhook.poster);
  const [foreign] = seen.webhooks;
  if (ours === undefined && foreign !== undefined) {
    return {
      changes: [],
      conflicts: [
        {
          resource: 'webhook',
          name: webhook.name,
          why: `a webhook of this name posts as ${foreign.poster}, not as ${webhook.poster}: it was made by hand`,
          next: 'rename it in Rocket.Chat (Workspace → Integrations)',
        },
      ],
      warnings: [],
    };
  }
  const warnings = more.length === 0 ? [] : [doubled(webhook, more)];
  if (ours === undefined) {
    const cause = `there is no webhook ${webhook.name}`;
    const change = { action: 'create', resource: 'webhook', name: webhook.name, cause } as const;
    return { changes: [{ ...change, step: { kind: 'new-webhook', webhook } }], conflicts: [], warnings };
  }
  const rotating = withFormerSecrets(webhook, ours);
  const drift = driftOf(rotating, ours);
  if (drift.length === 0) return { changes: [], conflicts: [], warnings };
  const change = { action: 'update', resource: 'webhook', name: webhook.name, cause: drift.join('; ') } as const;
  return {
    changes: [{ ...change, step: { kind: 'webhook', id: ours.id, webhook: rotating } }],
    conflicts: [],
    warnings,
  };
};

const doubled = ({ name }: WantedWebhook, more: readonly Webhook[]): string =>
  `there are ${more.length + 1} webhooks called ${name}; the oldest is used, remove ${more.map(({ id }) => id).join(', ')} in Rocket.Chat (Workspace → Integrations)`;
