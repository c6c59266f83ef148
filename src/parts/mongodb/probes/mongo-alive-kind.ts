import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { HOST_PORT, wordsOf } from '../../../contracts/probe-words.ts';
import { createMongoAliveProbe, type MongoAliveSpec } from './mongo-alive.ts';

export const mongoAliveKind: SingleKind<MongoAliveSpec> = {
  what: 'mongo-alive',
  about: 'mongod answers, whatever state it is in',
  example: { what: 'mongo-alive', endpoint: { service: 'mongo', port: 27017 } },
  words: { target: wordsOf<MongoAliveSpec>().target('endpoint', HOST_PORT), options: [] },
  create: createMongoAliveProbe,
};
