/** Config of a set → the changes that lead to the wanted members, one voter a step, each on top of the one before. Pure. */
import type { MemberState, ReplicaSetConfig, ReplicaSetMember } from '../mongo.ts';
import { addMember, nextMemberId, removeMember, renameMember } from './config-edits.ts';
import { isVoter, majorityOf, ordinalOf, serviceOf, type WantedMember, type WantedReplicaSet } from './membership.ts';
import { configOf, type SeenReplicaSet } from './seen.ts';
import type { ReplicaSetChange } from './step.ts';

export interface SetInView {
  readonly config: ReplicaSetConfig;
  /** host:port of the node that is asked: the PRIMARY, when there is one. */
  readonly at: string;
  /** The PRIMARY's name in the config. */
  readonly primary: string | undefined;
  /** Member name → state, as the node that is asked sees it. */
  readonly states: ReadonlyMap<string, MemberState>;
}

interface Draft {
  readonly config: ReplicaSetConfig;
  readonly changes: readonly ReplicaSetChange[];
  /** Why the first change must wait. */
  readonly unsafe?: string;
}

const RESOURCE = 'replica-set member';

export const isHealthy = (state: MemberState | undefined): boolean =>
  state === 'primary' || state === 'secondary' || state === 'arbiter';

const votersOf = (config: ReplicaSetConfig): readonly ReplicaSetMember[] => config.members.filter(isVoter);

export const keepsMajority = (config: ReplicaSetConfig, view: SetInView): boolean => {
  const voters = votersOf(config);
  return voters.filter(({ host }) => isHealthy(view.states.get(host))).length >= majorityOf(voters.length);
};

const asked = (count: number): string => `mongo.members asks for ${count} ${count === 1 ? 'member' : 'members'}`;

/** The member that is this wanted one under a name clients cannot use: by what the node calls itself, or by our mark. */
const misnamed = (
  member: WantedMember,
  wanted: WantedReplicaSet,
  seen: SeenReplicaSet,
  config: ReplicaSetConfig,
): ReplicaSetMember | undefined => {
  if (config.members.some(({ host }) => host === member.host)) return undefined;
  const taken = new Set(wanted.members.map(({ host }) => host));
  const free = config.members.filter(({ host }) => !taken.has(host));
  const answer = seen.nodes.find(({ service }) => service === member.service)?.answer;
  const byItself = answer?.kind === 'member' ? free.find(({ host }) => host === answer.me) : undefined;
  return byItself ?? free.find((each) => serviceOf(each, wanted) === member.service);
};

const planNames = (wanted: WantedReplicaSet, seen: SeenReplicaSet, view: SetInView, draft: Draft): Draft =>
  wanted.members.reduce((before, member): Draft => {
    const found = misnamed(member, wanted, seen, before.config);
    if (found === undefined) return before;
    const config = renameMember(before.config, found._id, member);
    const change: ReplicaSetChange = {
      action: 'update',
      resource: RESOURCE,
      name: member.service,
      cause: `clients look for ${member.host}, the set knows it as ${found.host}`,
      step: { call: 'reconfigure', at: view.at, config },
    };
    return { config, changes: [...before.changes, change] };
  }, draft);

export const planAdditions = (wanted: WantedReplicaSet, seen: SeenReplicaSet, at: string, draft: Draft): Draft =>
  wanted.members.reduce((before, member): Draft => {
    if (before.config.members.some(({ host }) => host === member.host)) return before;
    // A removed node still holds an older config with the number it had.
    const known = seen.nodes.flatMap((node) => configOf(node) ?? []);
    const config = addMember(before.config, member, nextMemberId([...known, before.config]));
    const change: ReplicaSetChange = {
      action: 'create',
      resource: RESOURCE,
      name: member.service,
      cause: `${asked(wanted.members.length)}, ${member.host} is not in the set`,
      step: { call: 'reconfigure', at, config },
    };
    return { config, changes: [...before.changes, change] };
  }, draft);

const leavingMembers = (wanted: WantedReplicaSet, config: ReplicaSetConfig): readonly ReplicaSetMember[] => {
  const hosts = new Set(wanted.members.map(({ host }) => host));
  return config.members
    .filter((member) => !hosts.has(member.host) && serviceOf(member, wanted) !== undefined)
    .sort((a, b) => ordinalOf(serviceOf(b, wanted) ?? '') - ordinalOf(serviceOf(a, wanted) ?? ''));
};

const planRemovals = (wanted: WantedReplicaSet, view: SetInView, draft: Draft): Draft => {
  const leaving = leavingMembers(wanted, draft.config);
  // The highest ordinal goes first, unless the rest would be left without a majority (another one is dead already).
  const next = leaving.find(({ _id }) => keepsMajority(removeMember(draft.config, _id), view)) ?? leaving[0];
  if (next === undefined) return draft;
  const service = serviceOf(next, wanted) ?? next.host;
  const config = removeMember(draft.config, next._id);
  const cause = `${asked(wanted.members.length)}, ${next.host} is still in the set`;
  const steppingDown: ReplicaSetChange = {
    action: 'update',
    resource: 'replica-set primary',
    name: service,
    cause: `${next.host} is PRIMARY and has to leave the set`,
    step: { call: 'step-down', at: view.at },
  };
  const removal: ReplicaSetChange = {
    action: 'delete',
    resource: RESOURCE,
    name: service,
    cause,
    step: { call: 'reconfigure', at: view.at, config },
  };
  const unsafe = keepsMajority(config, view)
    ? undefined
    : `enough members to answer: without ${next.host} too few of ${votersOf(config).length} voters are left for a majority`;
  const changes = [...draft.changes, ...(next.host === view.primary ? [steppingDown] : []), removal];
  const known = draft.unsafe ?? (draft.changes.length === 0 ? unsafe : undefined);
  return planRemovals(wanted, view, { config, changes, ...(known === undefined ? {} : { unsafe: known }) });
};

/** Names are fixed first, then members come, then members go. */
export const planMembers = (wanted: WantedReplicaSet, seen: SeenReplicaSet, view: SetInView): Draft => {
  const named = planNames(wanted, seen, view, { config: view.config, changes: [] });
  return planRemovals(wanted, view, planAdditions(wanted, seen, view.at, named));
};
