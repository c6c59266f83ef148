import type { Ports } from '../../../contracts/ports.ts';
import { type Answer, notReady, type Probe, ready } from '../../../contracts/probe.ts';
import { answerOf } from '../../../probes/foreseen.ts';
import type { Endpoint } from '../../../stack/stack.ts';
import { type Hello, MONGO } from '../mongo.ts';

export type MongoReadySpec = { readonly what: 'mongo-ready'; readonly endpoint: Endpoint };

const stateOf = ({ writable, secondary, arbiter }: Hello): string | undefined => {
  if (writable) return 'PRIMARY';
  if (secondary) return 'SECONDARY';
  return arbiter ? 'ARBITER' : undefined;
};

const judge = (where: string, hello: Hello): Answer => {
  if (hello.setName === undefined) {
    // Else nobody could reach it to initiate the set.
    if (hello.ghost) return ready('waits for its replica set');
    return notReady(`${where} answers outside of any replica set: the temporary init server, or no --replSet`);
  }
  const state = stateOf(hello);
  if (state !== undefined) return ready(`${state} of ${hello.setName}`);
  return notReady(
    `${where} is neither PRIMARY, SECONDARY nor ARBITER of ${hello.setName}: it starts, recovers or rolls back`,
  );
};

/**
 * A member in a state that takes traffic, or one whose set is still to be initiated: as Percona's operator for MongoDB
 * (1.23) judges readiness. Whether the set has a PRIMARY is another question.
 */
export const createMongoReadyProbe = ({ endpoint }: MongoReadySpec, { client, addresses }: Ports): Probe => ({
  id: 'mongo-ready',
  ask: (signal) =>
    answerOf(signal, async () => {
      const hello = await client(MONGO).visit(addresses.resolve(endpoint), (node) => node.hello(), { signal });
      return judge(`${endpoint.service}:${endpoint.port}`, hello);
    }),
});
