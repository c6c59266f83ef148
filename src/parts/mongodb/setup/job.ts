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

const wantedOf = (spec: MongoReplicaSetSpec, { addresses }: Ports): WantedReplicaSet => ({
  set: spec.set,
  members: spec.members.map((endpoint) => ({ service: endpoint.service, host: hostPort(addresses, endpoint) })),
});

/** The replica set has the wanted members under their own names and a PRIMARY that takes writes. */
export const createReplicaSetJob = (spec: MongoReplicaSetSpec, ports: Ports): Job<SeenReplicaSet, ReplicaSetChange> => {
  const wanted = wantedOf(spec, ports);
  return {
    id: spec.job,
    blank: () => ({ nodes: wanted.members.map(({ service, host }) => ({ host, service, answer: { kind: 'ghost' } })) }),
    observe: (signal) => observeReplicaSet(wanted, ports.client(MONGO), signal),
    decide: (seen) => decideReplicaSet(wanted, seen),
    apply: (change, signal) => applyChange(change, ports.client(MONGO), signal),
  };
};
