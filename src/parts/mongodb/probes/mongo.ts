import type { Ports } from '../../../contracts/ports.ts';
import { type Answer, cannotTell, notReady, type Probe, ready } from '../../../contracts/probe.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { answerOf } from '../../../probes/foreseen.ts';
import type { Endpoint } from '../../../stack/stack.ts';
import { type Hello, MONGO } from '../mongo.ts';

export type MongoSpec = { readonly what: 'mongo'; readonly endpoint: Endpoint };

/**
 * A member without a PRIMARY takes no write, and no job of ours brings one: that takes a majority of the members.
 * One that knows a PRIMARY has heard of it within the election timeout, 10 s by default.
 */
const judgeMember = (where: string, set: string, { writable, primary, hosts }: Hello): Answer => {
  if (writable) return ready(`PRIMARY of ${set}`);
  if (primary !== undefined) return ready(`member of ${set}, whose PRIMARY is ${primary}`);
  const alone = hosts.length < 2;
  const why = alone ? 'it has stepped down, or is being started' : `most of ${hosts.join(', ')} must answer`;
  return notReady(`${where} is a member of ${set} and knows no PRIMARY: ${why}`);
};

const judge = (where: string, hello: Hello): Answer => {
  if (hello.router) {
    const why = 'it is the router of a sharded cluster (mongos)';
    return cannotTell(new ChatopsError('UNEXPECTED_ANSWER', { what: `${where} is no member of a replica set`, why }));
  }
  if (hello.setName !== undefined) return judgeMember(where, hello.setName, hello);
  if (hello.ghost) return ready('waits for its replica set');
  // The official image first starts a server on loopback that makes the users and then goes away
  // (docker-library/mongo, docker-entrypoint.sh); it says it is writable, so only the missing set gives it away.
  return notReady(`${where} answers outside of any replica set: the temporary init server, or no --replSet`);
};

/**
 * The lasting server answers, not the image's temporary init server: as one that waits for its set, or as a member of
 * one that has a PRIMARY.
 */
export const createMongoProbe = ({ endpoint }: MongoSpec, { client, addresses }: Ports): Probe => ({
  id: 'mongo',
  ask: (signal) =>
    answerOf(signal, async () => {
      const hello = await client(MONGO).visit(addresses.resolve(endpoint), (node) => node.hello(), { signal });
      return judge(`${endpoint.service}:${endpoint.port}`, hello);
    }),
});
