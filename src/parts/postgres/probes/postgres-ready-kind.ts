import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { HOST_PORT, wordsOf } from '../../../contracts/probe-words.ts';
import { createPostgresReadyProbe, type PostgresReadySpec } from './postgres-ready.ts';

export const postgresReadyKind: SingleKind<PostgresReadySpec> = {
  what: 'postgres-ready',
  about: 'PostgreSQL takes logins',
  example: { what: 'postgres-ready', endpoint: { service: 'postgres', port: 5432 } },
  words: { target: wordsOf<PostgresReadySpec>().target('endpoint', HOST_PORT), options: [] },
  create: createPostgresReadyProbe,
};
