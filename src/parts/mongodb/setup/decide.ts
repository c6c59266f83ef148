/**
 * Wanted × seen → the next steps towards the wanted replica set. Pure.
 * One voter changes a step, and the next step waits until the last one holds (MongoDB 4.4 and later refuse anything
 * else); nothing is ever forced; members a user made are left alone.
 */

import type { Conflict, Decision } from '../../../contracts/job.ts';
import type { ReplicaSetConfig } from '../mongo.ts';
import { initialConfig } from './config-edits.ts';
import { findConflicts } from './conflicts.ts';
import { isVoter, MOST_VOTERS, serviceOf, type WantedReplicaSet } from './membership.ts';
import { planAdditions, planMembers, type SetInView } from './plan-members.ts';
import { configOf, newestConfig, primaryOf, type SeenReplicaSet } from './seen.ts';
import type { ReplicaSetChange } from './step.ts';
import { changesOfUsers } from './users/decide.ts';
import { whyNoPrimary, whyNotInitiate, whyNotNow } from './waiting.ts';

type ReplicaSetDecision = Decision<ReplicaSetChange>;

const conclude = (
  changes: readonly ReplicaSetChange[],
  waitingFor: string | undefined,
  warnings: readonly string[] = [],
): ReplicaSetDecision => ({
  changes,
  conflicts: [],
  warnings,
  ...(changes.length > 0 || waitingFor !== undefined ? { more: true } : {}),
  ...(waitingFor === undefined ? {} : { waitingFor }),
});

const refuse = (conflicts: readonly Conflict[]): ReplicaSetDecision => ({ changes: [], conflicts, warnings: [] });

const decideInitiation = (wanted: WantedReplicaSet, seen: SeenReplicaSet): ReplicaSetDecision => {
  const [first] = wanted.members;
  if (first === undefined) return conclude([], undefined);
  const config = initialConfig(wanted.set, first);
  const initiation: ReplicaSetChange = {
    action: 'create',
    resource: 'replica set',
    name: wanted.set,
    cause: `mongo.set asks for it, ${first.host} is in no set`,
    step: { call: 'initiate', at: first.host, config },
  };
  const { changes } = planAdditions(wanted, seen, first.host, { config, changes: [initiation] });
  // A set that is not made yet has no users.
  const users = (wanted.users ?? []).map(({ name }) => ({ name, state: 'missing' as const }));
  return conclude([...changes, ...changesOfUsers(users, first.host)], whyNotInitiate(seen));
};

/** The set as its PRIMARY sees it; without one, as the member with the newest config does. */
const viewOf = (seen: SeenReplicaSet, config: ReplicaSetConfig): SetInView => {
  const primary = primaryOf(seen);
  const source = primary ?? seen.nodes.find((node) => configOf(node) === config);
  const status = source?.answer.kind === 'member' ? source.answer.status.members : [];
  return {
    config: primary?.answer.config ?? config,
    at: source?.host ?? '',
    primary: primary?.answer.me,
    states: new Map(status.map(({ name, state }) => [name, state])),
  };
};

const warningsOf = (wanted: WantedReplicaSet, config: ReplicaSetConfig): readonly string[] =>
  config.members.flatMap((member) => {
    const service = serviceOf(member, wanted);
    if (service === undefined) {
      return [
        `${member.host} is in ${wanted.set} and not ours: left alone; remove it by rs.remove() if it is not needed`,
      ];
    }
    const isWanted = wanted.members.some(({ host }) => host === member.host);
    return isWanted && !isVoter(member)
      ? [`${member.host} has votes: 0, set by hand: left so; it does not count for a majority`]
      : [];
  });

const tooManyVoters = (config: ReplicaSetConfig): readonly Conflict[] => {
  const voters = config.members.filter(isVoter).length;
  if (voters <= MOST_VOTERS) return [];
  return [
    {
      resource: 'replica set',
      name: config._id,
      why: `with the members made by hand it would have ${voters} voters, at most ${MOST_VOTERS} are allowed`,
      next: 'lower mongo.members, or take votes from a member made by hand',
    },
  ];
};

/** They are made when the members are as they should be, so that a majority has them. */
const decideUsers = (
  wanted: WantedReplicaSet,
  seen: SeenReplicaSet,
  at: string,
): { readonly changes: readonly ReplicaSetChange[]; readonly waitingFor?: string } => {
  if (wanted.users === undefined) return { changes: [] };
  if (seen.users === undefined) return { changes: [], waitingFor: 'the PRIMARY to list its users' };
  return { changes: changesOfUsers(seen.users, at) };
};

const decideMembers = (
  wanted: WantedReplicaSet,
  seen: SeenReplicaSet,
  config: ReplicaSetConfig,
): ReplicaSetDecision => {
  const view = viewOf(seen, config);
  const { changes, config: final, unsafe } = planMembers(wanted, seen, view);
  const waitingFor =
    view.primary === undefined ? whyNoPrimary(seen, view) : (whyNotNow(wanted, seen, view, changes[0]) ?? unsafe);
  // A member that is silent may be one the config knows by another name: nothing is said of strangers until it speaks.
  if (waitingFor !== undefined) return conclude(changes, waitingFor);
  const tooMany = tooManyVoters(final);
  if (tooMany.length > 0 && changes.length > 0) return refuse(tooMany);
  const users = decideUsers(wanted, seen, view.at);
  return conclude([...changes, ...users.changes], users.waitingFor, warningsOf(wanted, final));
};

export const decideReplicaSet = (wanted: WantedReplicaSet, seen: SeenReplicaSet): ReplicaSetDecision => {
  const conflicts = findConflicts(wanted, seen);
  if (conflicts.length > 0) return refuse(conflicts);
  const config = newestConfig(seen);
  return config === undefined ? decideInitiation(wanted, seen) : decideMembers(wanted, seen, config);
};
