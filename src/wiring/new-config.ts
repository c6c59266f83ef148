/** chatops.yaml where there is none: from a user's answers, or from the defaults when nobody can answer. */
import { sampleConfig } from '../config/sample.ts';
import { applySettings } from '../config/settings.ts';
import type { Invocation } from './invocation.ts';

/** The text with the `--set` edits made; comments and formatting stay. @throws ChatopsError USAGE */
export const editedConfig = (text: string, set: readonly string[]): string =>
  set.length === 0 ? text : applySettings(text, set);

/** @throws ChatopsError INTERRUPTED, USAGE */
export const newConfig = async ({ askEdits, set }: Invocation): Promise<string> => {
  const answers = (await askEdits?.()) ?? [];
  return editedConfig(sampleConfig(), [...answers, ...set]);
};
