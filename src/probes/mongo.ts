import { ChatopsError } from '../errors/chatops-error.ts';
import type { Hello } from '../ports/mongo.ts';
import type { Ports } from '../ports/ports.ts';
import type { ProbeSpec } from '../stack/stack.ts';
import { answerOf } from './foreseen.ts';
import { type Answer, cannotTell, notReady, type Probe, ready } from './probe.ts';

const judge = (where: string, hello: Hello): Answer => {
  if (hello.router) {
    const why = 'it is the router of a sharded cluster (mongos)';
    return cannotTell(new ChatopsError('UNEXPECTED_ANSWER', { what: `${where} is no member of a replica set`, why }));
  }
  if (hello.setName !== undefined) return ready(`member of ${hello.setName}`);
  if (hello.ghost) return ready('waits for its replica set');
  // The official image first starts a server on loopback that makes the users and then goes away
  // (docker-library/mongo, docker-entrypoint.sh); it says it is writable, so only the missing set gives it away.
  return notReady(`${where} answers outside of any replica set: the temporary init server, or no --replSet`);
};

/** The lasting server answers, initiated or not: not the image's temporary init server. */
export const createMongoProbe = (
  { endpoint }: Extract<ProbeSpec, { what: 'mongo' }>,
  { mongo, addresses }: Ports,
): Probe => ({
  id: 'mongo',
  ask: (signal) =>
    answerOf(signal, async () => {
      const hello = await mongo.visit(addresses.resolve(endpoint), (node) => node.hello(), { signal });
      return judge(`${endpoint.service}:${endpoint.port}`, hello);
    }),
});
