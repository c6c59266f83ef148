import { z } from 'zod';
import { writtenSchema } from './written.ts';

let made: Readonly<Record<string, unknown>> | undefined;

/** JSON Schema (draft 2020-12) of chatops.yaml for editors; made from the schema that checks it. */
export const configJsonSchema = (): Readonly<Record<string, unknown>> => {
  made ??= z.toJSONSchema(writtenSchema, { target: 'draft-2020-12', io: 'input', reused: 'inline' });
  return made;
};

/** As committed in `src/config/chatops.schema.json` and written beside chatops.yaml. */
export const configJsonSchemaText = (): string => `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`;
