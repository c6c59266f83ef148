import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { HOST_PORT, wordsOf } from '../../../contracts/probe-words.ts';
import { createPostgresAliveProbe, type PostgresAliveSpec } from './postgres-alive.ts';

export const postgresAliveKind: SingleKind<PostgresAliveSpec> = {
  what: 'postgres-alive',
  about: 'PostgreSQL answers, also when it takes no login yet',
  example: { what: 'postgres-alive', endpoint: { service: 'postgres', port: 5432 } },
  words: { target: wordsOf<PostgresAliveSpec>().target('endpoint', HOST_PORT), options: [] },
  create: createPostgresAliveProbe,
};
