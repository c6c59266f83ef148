/** chatops.yaml where there is none: from a user's answers, or from the defaults when nobody can answer. */
import { configJsonSchema } from '../config/json-schema.ts';
import { sampleConfig } from '../config/sample.ts';
import { applySettings } from '../config/settings.ts';
import type { Invocation } from './invocation.ts';
import { ownAdditions } from './own-house.ts';

/** Without the `--set` edits: which keys there are is known to the parts that it names. @throws ChatopsError INTERRUPTED, USAGE */
export const newConfig = async ({ askEdits }: Pick<Invocation, 'askEdits'>): Promise<string> =>
  applySettings(sampleConfig(ownAdditions()), (await askEdits?.()) ?? [], configJsonSchema(ownAdditions()));
