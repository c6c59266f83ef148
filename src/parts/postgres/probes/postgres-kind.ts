import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { HOST_PORT, once, text, wordsOf } from '../../../contracts/probe-words.ts';
import { createPostgresProbe, type PostgresSpec } from './postgres.ts';

const words = wordsOf<PostgresSpec>();

export const postgresKind: SingleKind<PostgresSpec> = {
  what: 'postgres',
  about: 'the user writes to the database of PostgreSQL and reads it back',
  example: {
    what: 'postgres',
    endpoint: { service: 'postgres', port: 5432 },
    database: 'chatops',
    account: { username: 'chatops', password: 'CHATOPS_POSTGRES_PASSWORD' },
  },
  words: {
    target: words.target('endpoint', HOST_PORT),
    options: [words.option('database', 'database', once(text('NAME'))), ...words.account('account')],
  },
  create: createPostgresProbe,
};
