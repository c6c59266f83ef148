/** chatops.yaml where there is none: from a user's answers, or from the defaults when nobody can answer. */
import { sampleConfig } from '../config/sample.ts';
import { applySettings } from '../config/settings.ts';
import type { Invocation } from './invocation.ts';

/** Without the `--set` edits: which keys there are is known to the parts that it names. @throws ChatopsError INTERRUPTED, USAGE */
export const newConfig = async ({ askEdits }: Pick<Invocation, 'askEdits'>): Promise<string> =>
  applySettings(sampleConfig(), (await askEdits?.()) ?? []);
