import type { Config } from '../../config/config.ts';
import { mongoMembers } from '../../stack/names.ts';
import type { JobNode } from '../../stack/stack.ts';

/** Waits for every member: initiating with one that does not answer is refused by the server (NodeNotFound). */
export const mongoReplicaSet = (config: Config): JobNode => ({
  kind: 'job',
  name: 'mongo-replica-set',
  gates: mongoMembers(config).map(({ service }) => ({ node: service, until: 'ready' })),
  job: { job: 'mongo-replica-set', set: config.mongo.set, members: mongoMembers(config) },
  withinMs: 180_000,
});
