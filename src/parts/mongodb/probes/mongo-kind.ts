import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { HOST_PORT, wordsOf } from '../../../contracts/probe-words.ts';
import { createMongoProbe, type MongoSpec } from './mongo.ts';

export const mongoKind: SingleKind<MongoSpec> = {
  what: 'mongo',
  about: 'mongod waits for its replica set, or is a member of one that has a PRIMARY',
  example: { what: 'mongo', endpoint: { service: 'mongo', port: 27017 } },
  words: { target: wordsOf<MongoSpec>().target('endpoint', HOST_PORT), options: [] },
  create: createMongoProbe,
};
