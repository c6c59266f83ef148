import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { HOST_PORT, oneOrMore, text, wordsOf } from '../../../contracts/probe-words.ts';
import { createReplicaSetProbe, type ReplicaSetSpec } from './replica-set.ts';

const words = wordsOf<ReplicaSetSpec>();

export const replicaSetKind: SingleKind<ReplicaSetSpec> = {
  what: 'replica-set',
  about: 'the set has a PRIMARY under one of these names, and it reaches a majority',
  example: {
    what: 'replica-set',
    set: 'rs0',
    members: [
      { service: 'mongo', port: 27017 },
      { service: 'mongo-1', port: 27017 },
    ],
  },
  words: {
    target: words.target('set', text('SET')),
    options: [words.option('member', 'members', oneOrMore(HOST_PORT))],
  },
  create: createReplicaSetProbe,
};
