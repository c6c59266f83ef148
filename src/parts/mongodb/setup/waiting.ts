/** What a step has to wait for: the reason in one line, undefined when it may be taken now. Pure. */
import type { MemberState } from '../mongo.ts';
import { isVoter, majorityOf, type WantedReplicaSet } from './membership.ts';
import { isHealthy, keepsMajority, type SetInView } from './plan-members.ts';
import type { SeenNode, SeenReplicaSet } from './seen.ts';
import type { ReplicaSetChange } from './step.ts';

/** What a node is in no state to take part in a set for. */
const absence = ({ service, host, answer }: SeenNode): string | undefined => {
  const name = service ?? host;
  if (answer.kind === 'silent') return `${name} to answer: ${answer.why}`;
  if (answer.kind !== 'standalone') return undefined;
  return `${name} to be started with --replSet: it answers outside of any set (or is still the temporary init server)`;
};

/** Before the set is made every wanted member must be there and empty: one that is away may hold the real data. */
export const whyNotInitiate = (seen: SeenReplicaSet): string | undefined =>
  seen.nodes.map(absence).find((reason) => reason !== undefined);

const remedy = (view: SetInView): string => {
  if (keepsMajority(view.config, view)) return '';
  const voters = view.config.members.filter(isVoter);
  const answering = voters.filter(({ host }) => isHealthy(view.states.get(host))).length;
  return (
    `; only ${answering} of ${voters.length} voters answer, ${majorityOf(voters.length)} are a majority: start the others. ` +
    'If they are gone for good, only you may force a new config (rs.reconfig with force: true), as their data can be lost'
  );
};

const describe = ({ service, host, answer }: SeenNode): string => {
  const name = service ?? host;
  if (answer.kind === 'silent') return `${name} does not answer (${answer.why})`;
  if (answer.kind === 'member') return `${name} is no PRIMARY`;
  return `${name} is in no set`;
};

export const whyNoPrimary = (seen: SeenReplicaSet, view: SetInView): string =>
  `a PRIMARY: ${seen.nodes.map(describe).join(', ')}${remedy(view)}`;

/** A wanted member that is in the set and not yet, or not any more, able to vote and hold data. */
const unsettled = (wanted: WantedReplicaSet, view: SetInView): string | undefined => {
  for (const { host } of view.config.members) {
    const member = wanted.members.find((each) => each.host === host);
    const state: MemberState = view.states.get(host) ?? 'unknown';
    if (member && !isHealthy(state)) return `${member.service} to become SECONDARY, it is ${state.toUpperCase()}`;
  }
  return undefined;
};

const whyNotStepDown = (wanted: WantedReplicaSet, view: SetInView): string | undefined =>
  wanted.members.some(({ host }) => view.states.get(host) === 'secondary')
    ? undefined
    : 'a SECONDARY among the wanted members that can take over';

/** The next change may be taken when every member is settled and the one it is about is there. */
export const whyNotNow = (
  wanted: WantedReplicaSet,
  seen: SeenReplicaSet,
  view: SetInView,
  next: ReplicaSetChange | undefined,
): string | undefined => {
  const settling = unsettled(wanted, view);
  if (settling !== undefined || next === undefined) return settling;
  if (next.step.call === 'step-down') return whyNotStepDown(wanted, view);
  const node = seen.nodes.find(({ service }) => service === next.name);
  return next.action === 'delete' || node === undefined ? undefined : absence(node);
};
