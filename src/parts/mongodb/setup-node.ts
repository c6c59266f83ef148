import type { Config } from '../../config/config.ts';
import { MONGO_KEY } from '../../config/secret-names.ts';
import { sectionOf } from '../../config/section.ts';
import { DATABASE } from '../../contracts/sections/database.ts';
import { mongoMembers } from '../../stack/names.ts';
import type { JobNode } from '../../stack/stack.ts';
import { databaseUsers, probeAccount } from './accounts.ts';
import type { ReplicaSetSpec } from './probes/replica-set.ts';
import type { MongoReplicaSetSpec } from './setup/spec.ts';

/** Waits for every member: initiating with one that does not answer is refused by the server (NodeNotFound). */
export const mongoReplicaSet = (config: Config): JobNode => {
  const { set } = sectionOf(config, DATABASE);
  const members = mongoMembers(config);
  return {
    kind: 'job',
    name: 'mongo-replica-set',
    gates: members.map(({ service }) => ({ node: service, until: 'usable' })),
    job: {
      job: 'mongo-replica-set',
      set,
      members,
      key: { secret: MONGO_KEY },
      users: databaseUsers(),
    } satisfies MongoReplicaSetSpec,
    holds: { what: 'replica-set', set, members, account: probeAccount } satisfies ReplicaSetSpec,
    withinMs: 180_000,
  };
};
