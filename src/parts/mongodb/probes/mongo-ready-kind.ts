import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { HOST_PORT, wordsOf } from '../../../contracts/probe-words.ts';
import { createMongoReadyProbe, type MongoReadySpec } from './mongo-ready.ts';

export const mongoReadyKind: SingleKind<MongoReadySpec> = {
  what: 'mongo-ready',
  about: 'mongod waits for its replica set, or is PRIMARY, SECONDARY or ARBITER of one',
  example: { what: 'mongo-ready', endpoint: { service: 'mongo', port: 27017 } },
  words: { target: wordsOf<MongoReadySpec>().target('endpoint', HOST_PORT), options: [] },
  create: createMongoReadyProbe,
};
