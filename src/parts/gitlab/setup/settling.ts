/** The minute in which GitLab's processes disagree about the outbound list: what is waited for, what is sent again. Pure. */

import { type HookDelivery, wasAnswered } from '../../../contracts/forge.ts';
import type { Decision } from '../../../contracts/job.ts';
import { SETTINGS_CACHED_S, SETTLED_MS, SURELY_SETTLED_MS } from '../settings-cache.ts';
import { oursAt } from './hook-identity.ts';
import { type GitLabChange, type GitLabSeen, hookKey, type SeenPlace, type Undelivered } from './model.ts';
import type { GitLabSetupSpec } from './spec.ts';

const LOOK_AGAIN_MS = 250;

type Ours = Pick<Undelivered, 'hook' | 'place' | 'hookId'> & { readonly ageMs: number };
type Receivers = Pick<GitLabSeen, 'receiver' | 'former' | 'secret'>;

/** Hooks of ours that say their age, where it is our list that lets them be saved. */
const agedAt = (spec: GitLabSetupSpec, receivers: Receivers, at: SeenPlace): readonly Ours[] => {
  if (spec.allowList.length === 0) return [];
  return oursAt(at, spec, receivers).flatMap(({ hook: { id, ageMs }, room }) =>
    ageMs === undefined ? [] : [{ hook: hookKey(at.source, room), place: at.place, hookId: id, ageMs }],
  );
};

/** Those whose deliveries may have been refused, and would not be any more. */
export const lookedThrough = (spec: GitLabSetupSpec, receivers: Receivers, place: SeenPlace): readonly Ours[] =>
  agedAt(spec, receivers, place).filter(({ ageMs }) => ageMs >= SETTLED_MS && ageMs < SURELY_SETTLED_MS);

/** What never reached an answer, oldest first; not what did when it was sent again. @param deliveries newest first */
export const undeliveredOf = (
  { hook, place, hookId }: Pick<Ours, 'hook' | 'place' | 'hookId'>,
  deliveries: readonly HookDelivery[],
): readonly Undelivered[] => {
  const answered = new Set(deliveries.filter(wasAnswered).map(({ key }) => key));
  const lost = deliveries.filter((delivery) => !wasAnswered(delivery) && !answered.has(delivery.key ?? ''));
  const all = lost.map(({ id, key, kind }) => ({ hook, place, hookId, id, key: key ?? `delivery ${id}`, kind }));
  return [...new Map(all.map((one) => [one.key, one])).values()].toReversed();
};

export const decideSendingAgain = ({ undelivered, sentAgain }: GitLabSeen): Decision<GitLabChange> => {
  const changes = undelivered
    .filter(({ key }) => !sentAgain.has(key))
    .map(
      ({ hook, kind, ...which }): GitLabChange => ({
        what: 'send-again',
        action: 'update',
        resource: 'hook delivery',
        name: `${hook} (${kind}, id ${which.id})`,
        cause: 'GitLab could not send it: it may not have known yet that it may call there',
        ...which,
      }),
    );
  const warnings = [...sentAgain.values()].flatMap(({ name, outcome }) => {
    if (outcome.kind === 'delivered') return [];
    const why = outcome.kind === 'failed' ? outcome.reason : 'this GitLab has no call for it';
    return [
      `hook delivery ${name} could not be sent again (${why}): send it again in Settings → Webhooks → Edit → Recent events`,
    ];
  });
  return { changes, conflicts: [], warnings };
};

/** Last of all: what happens from now on must be delivered. Undefined when every process must know the list by now. */
export const settlingFor = (
  spec: GitLabSetupSpec,
  seen: GitLabSeen,
): Pick<Decision, 'more' | 'waitingFor' | 'lookAgainMs'> | undefined => {
  const isYoung = seen.places.some((place) => agedAt(spec, seen, place).some(({ ageMs }) => ageMs < SETTLED_MS));
  if (!isYoung) return undefined;
  const waitingFor = `all of GitLab's processes to know what it may call (${SETTINGS_CACHED_S} s)`;
  return { more: true, waitingFor, lookAgainMs: LOOK_AGAIN_MS };
};
