import type { Ports } from '../../../contracts/ports.ts';
import { type Probe, ready } from '../../../contracts/probe.ts';
import { answerOf } from '../../../probes/foreseen.ts';
import type { Endpoint } from '../../../stack/stack.ts';
import { MONGO } from '../mongo.ts';

export type MongoAliveSpec = { readonly what: 'mongo-alive'; readonly endpoint: Endpoint };

/**
 * `hello` is answered, in whatever state: it needs no login, and works before the set is initiated, while a member
 * recovers or rolls back, and without a PRIMARY. None of these is a reason to kill the process.
 */
export const createMongoAliveProbe = ({ endpoint }: MongoAliveSpec, { client, addresses }: Ports): Probe => ({
  id: 'mongo-alive',
  ask: (signal) =>
    answerOf(signal, async () => {
      await client(MONGO).visit(addresses.resolve(endpoint), (node) => node.hello(), { signal });
      return ready('mongod answers');
    }),
});
