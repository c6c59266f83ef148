import { z } from 'zod';
import { note, text } from '../../config/forms.ts';
import { defineSection } from '../../config/section.ts';
import { DATABASE, type DatabaseConfig } from '../../contracts/sections/database.ts';
import { SET_NAME } from '../../values/names.ts';

export const DEFAULT_DATABASE: DatabaseConfig = { kind: 'bundled', set: 'rs0', members: 1 };

const schema = z.strictObject({
  kind: note(
    z.enum(['bundled', 'external']),
    'bundled, or external: an existing replica set whose address stands in .env as CHATOPS_MONGO_URL.',
    DEFAULT_DATABASE.kind,
  ),
  set: note(text(SET_NAME), 'Name of the replica set.', DEFAULT_DATABASE.set),
  members: note(z.int().min(1).max(7), 'Voting members; an odd number.', DEFAULT_DATABASE.members),
});

const complete = ({
  kind = DEFAULT_DATABASE.kind,
  set = DEFAULT_DATABASE.set,
  members = DEFAULT_DATABASE.members,
}: z.output<typeof schema> = {}): DatabaseConfig => ({ kind, set, members });

export const mongoSection = defineSection({
  key: 'mongo',
  schema,
  about: "Rocket.Chat's database.",
  as: DATABASE,
  complete,
  sample: `# The chat's database, a replica set. An odd number of members; 3 survive the loss of one.
mongo:
  # bundled, or external: an existing set, its address in .env as CHATOPS_MONGO_URL
  kind: ${DEFAULT_DATABASE.kind}
  set: ${DEFAULT_DATABASE.set}
  members: ${DEFAULT_DATABASE.members}
`,
});
