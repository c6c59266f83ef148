import type { Config } from '../../config/config.ts';
import { sectionOf } from '../../config/section.ts';
import { DATABASE } from '../../contracts/sections/database.ts';
import type { DatabaseOffer, JobNode } from '../../stack/stack.ts';
import { databaseAccount, databaseUsers, probeAccount } from './accounts.ts';
import { mongoMembers } from './members.ts';
import type { ReplicaSetSpec } from './probes/replica-set.ts';
import { MONGO_KEY } from './secret-names.ts';
import type { MongoReplicaSetSpec } from './setup/spec.ts';

const NAME = 'mongo-replica-set';

/** Waits for every member: initiating with one that does not answer is refused by the server (NodeNotFound). */
export const mongoReplicaSet = (config: Config): JobNode => {
  const { set } = sectionOf(config, DATABASE);
  const members = mongoMembers(config);
  return {
    kind: 'job',
    name: NAME,
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

export const databaseOffer = (config: Config): DatabaseOffer => {
  const { username, password, database } = databaseAccount;
  return {
    set: sectionOf(config, DATABASE).set,
    members: mongoMembers(config),
    account: { username, password },
    database,
    madeBy: NAME,
  };
};
