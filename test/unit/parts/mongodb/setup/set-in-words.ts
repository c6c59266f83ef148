/** Builders and a text form for the replica set job's tests: a test says only what matters to it. */
import type { Decision } from '../../../../../src/contracts/job.ts';
import type { MemberState, ReplicaSetConfig, ReplicaSetMember } from '../../../../../src/parts/mongodb/mongo.ts';
import type { WantedReplicaSet } from '../../../../../src/parts/mongodb/setup/membership.ts';
import type { NodeAnswer, SeenNode } from '../../../../../src/parts/mongodb/setup/seen.ts';
import type { ReplicaSetChange } from '../../../../../src/parts/mongodb/setup/step.ts';

export const serviceNames = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, ordinal) => (ordinal === 0 ? 'mongo' : `mongo-${ordinal}`));

export const wantedSet = (count: number): WantedReplicaSet => ({
  set: 'rs0',
  members: serviceNames(count).map((service) => ({ service, host: `${service}:27017` })),
});

export const config = (
  members: readonly (string | ReplicaSetMember)[],
  extra: Partial<ReplicaSetConfig> = {},
): ReplicaSetConfig => ({
  _id: 'rs0',
  version: 1,
  term: 1,
  protocolVersion: 1,
  members: members.map((member, id) => (typeof member === 'string' ? { _id: id, host: member } : member)),
  settings: { replicaSetId: 'aaaa' },
  ...extra,
});

/** @param states by member, in the order of the config; default: the node itself PRIMARY or SECONDARY, others SECONDARY */
export const member = (
  own: { readonly me: string; readonly writable?: boolean; readonly primary?: string },
  of: ReplicaSetConfig,
  states: readonly MemberState[] = of.members.map(({ host }) =>
    host === (own.primary ?? own.me) ? 'primary' : 'secondary',
  ),
): NodeAnswer => ({
  kind: 'member',
  setName: of._id,
  writable: own.writable ?? own.primary === undefined,
  me: own.me,
  ...(own.primary === undefined ? {} : { primary: own.primary }),
  config: of,
  status: {
    members: of.members.map(({ _id, host }, index) => ({ _id, name: host, state: states[index] ?? 'unknown' })),
  },
});

export const ghost: NodeAnswer = { kind: 'ghost' };
export const silent: NodeAnswer = { kind: 'silent', why: 'connection refused' };

export const node = (service: string, answer: NodeAnswer): SeenNode => ({ service, host: `${service}:27017`, answer });

const SIGN = { create: '+', update: '~', delete: '-' } as const;

const callOf = ({ step }: ReplicaSetChange): string => {
  if (step.call === 'step-down') return `${step.at} steps down`;
  if ('user' in step) return `${step.at} ${step.call} ${step.user}`;
  const members = step.config.members.map(({ _id, host }) => `${_id}=${host}`).join(' ');
  return `${step.at} ${step.call} v${step.config.version ?? 1} ${members}`;
};

/** The whole decision as text. */
export const inWords = (decision: Decision<ReplicaSetChange>): string =>
  [
    ...decision.changes.flatMap((change) => [
      `${SIGN[change.action]} ${change.resource} ${change.name} (${change.cause})`,
      `    ${callOf(change)}`,
    ]),
    ...decision.conflicts.map(({ resource, name, why }) => `! ${resource} ${name}: ${why}`),
    ...decision.warnings.map((text) => `warning: ${text}`),
    ...(decision.waitingFor === undefined ? [] : [`waits for ${decision.waitingFor}`]),
    decision.more ? 'more' : 'done',
  ].join('\n');
