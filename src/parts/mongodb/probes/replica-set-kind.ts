import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { HOST_PORT, misread, oneOrMore, text, wordsOf } from '../../../contracts/probe-words.ts';
import { createReplicaSetProbe, type ReplicaSetSpec } from './replica-set.ts';

const words = wordsOf<ReplicaSetSpec>();

/** @throws ChatopsError USAGE when one of the two options is given alone */
const wholeAccount = (spec: ReplicaSetSpec): ReplicaSetSpec => {
  const { username, password } = { ...spec.account };
  if ((username === undefined) !== (password === undefined)) throw misread('give --user and --password-from together');
  return spec;
};

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
    account: { username: 'probe', password: 'CHATOPS_MONGO_PROBE_PASSWORD' },
  },
  words: {
    target: words.target('set', text('SET')),
    options: [words.option('member', 'members', oneOrMore(HOST_PORT)), ...words.maybeAccount('account')],
  },
  create: (spec, ports) => createReplicaSetProbe(wholeAccount(spec), ports),
};
