import { hostPort } from '../../../contracts/addresses.ts';
import type { Job } from '../../../contracts/job.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { MONGO } from '../mongo.ts';
import { applyChange } from './apply.ts';
import { decideReplicaSet } from './decide.ts';
import type { WantedReplicaSet } from './membership.ts';
import { observeReplicaSet } from './observe.ts';
import type { SeenReplicaSet } from './seen.ts';
import type { MongoReplicaSetSpec } from './spec.ts';
import type { ReplicaSetChange } from './step.ts';
import type { KnownUser } from './users/observe.ts';
import { withKey } from './with-key.ts';

const wantedOf = (spec: MongoReplicaSetSpec, { addresses }: Ports): WantedReplicaSet => ({
  set: spec.set,
  members: spec.members.map((endpoint) => ({ service: endpoint.service, host: hostPort(addresses, endpoint) })),
  ...(spec.users === undefined ? {} : { users: spec.users.map(({ name, roles }) => ({ name, roles })) }),
});

const knownUsers = ({ users = [] }: MongoReplicaSetSpec, { secrets }: Ports): readonly KnownUser[] =>
  users.map(({ name, password, roles }) => ({ name, password: secrets.read(password), roles }));

/**
 * The replica set has the wanted members under their own names, a PRIMARY that takes writes, and the wanted users. What
 * it needs of secrets is read when the servers are: a plan of a new stack has none yet.
 */
export const createReplicaSetJob = (spec: MongoReplicaSetSpec, ports: Ports): Job<SeenReplicaSet, ReplicaSetChange> => {
  const wanted = wantedOf(spec, ports);
  const mongo = () => withKey(ports.client(MONGO), spec.key && ports.secrets.read(spec.key.secret));
  return {
    id: spec.job,
    blank: () => ({ nodes: wanted.members.map(({ service, host }) => ({ host, service, answer: { kind: 'ghost' } })) }),
    observe: (signal) => observeReplicaSet(wanted, mongo(), signal, knownUsers(spec, ports)),
    decide: (seen) => decideReplicaSet(wanted, seen),
    apply: (change, signal) => applyChange(change, mongo(), signal, knownUsers(spec, ports)),
  };
};
