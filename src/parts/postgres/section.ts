import { z } from 'zod';
import { note, text } from '../../config/forms.ts';
import { defineSection } from '../../config/section.ts';
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
  about: 'A PostgreSQL for parts of your own; left out: none.',
  complete: (written: z.output<typeof schema> | undefined): PostgresConfig | undefined =>
    written === undefined
      ? undefined
      : { database: written.database ?? BY_DEFAULT.database, user: written.user ?? BY_DEFAULT.user },
});
