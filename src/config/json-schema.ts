import { z } from 'zod';
import { type Additions, NO_ADDITIONS } from './additions.ts';
import { writtenSchemaWith } from './written-schema.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

const made = new WeakMap<Additions, JsonSchema>();

/**
 * JSON Schema (draft 2020-12) of chatops.yaml for editors; made from the schema that checks it.
 * @param additions of the parts there are. Default: none @throws what zod throws for a section that JSON Schema cannot say
 */
export const configJsonSchema = (additions: Additions = NO_ADDITIONS): JsonSchema => {
  const known =
    made.get(additions) ??
    z.toJSONSchema(writtenSchemaWith(additions), { target: 'draft-2020-12', io: 'input', reused: 'inline' });
  made.set(additions, known);
  return known;
};

/** As committed in `src/config/chatops.schema.json` and written beside chatops.yaml. */
export const configJsonSchemaText = (additions: Additions = NO_ADDITIONS): string =>
  `${JSON.stringify(configJsonSchema(additions), undefined, 2)}\n`;
