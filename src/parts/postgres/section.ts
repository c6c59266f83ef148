import { z } from 'zod';
import type { Config } from '../../config/config.ts';
import { note, text } from '../../config/forms.ts';
import { defineSection, sectionOf } from '../../config/section.ts';
import { wantsSql } from '../../stack/variation.ts';
import { SQL_NAME } from '../../values/names.ts';

export interface PostgresConfig {
  readonly database: string;
  readonly user: string;
}

const BY_DEFAULT: PostgresConfig = { database: 'chatops', user: 'chatops' };

const schema = z.strictObject({
  database: note(text(SQL_NAME), 'Name of the database; it is made with the data.', BY_DEFAULT.database),
  user: note(text(SQL_NAME), 'Who owns it; made with the data.', BY_DEFAULT.user),
});

export const postgresSection = defineSection({
  key: 'postgres',
  schema,
  about: 'A PostgreSQL for parts of your own; left out: none, unless the chat keeps its data in one.',
  complete: (written: z.output<typeof schema> | undefined): PostgresConfig | undefined =>
    written === undefined
      ? undefined
      : { database: written.database ?? BY_DEFAULT.database, user: written.user ?? BY_DEFAULT.user },
});

/** The one that is written, or that the chat needs. Undefined: none is wanted. */
export const wantedPostgres = (config: Config): PostgresConfig | undefined =>
  sectionOf(config, postgresSection) ?? (wantsSql(config) ? BY_DEFAULT : undefined);
