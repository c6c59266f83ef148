/** chatops.yaml where there is none: from a person's answers, or from the defaults when nobody can answer. */

import { askAll } from '../cli/ask.ts';
import { QUESTIONS } from '../cli/questions.ts';
import { sampleConfig } from '../config/sample.ts';
import { applySettings } from '../config/settings.ts';
import type { Invocation } from './invocation.ts';

/** The text with the `--set` edits made; comments and formatting stay. @throws ChatopsError USAGE */
export const editedConfig = (text: string, set: readonly string[]): string =>
  set.length === 0 ? text : applySettings(text, set);

/** @throws ChatopsError INTERRUPTED */
export const newConfig = async (invocation: Invocation): Promise<string> => {
  const asks = invocation.interactive && !invocation.yes;
  const answers = asks ? await askAll(QUESTIONS, invocation.signal) : {};
  const edits = QUESTIONS.flatMap(({ key, default: fallback }) => {
    const answer = answers[key];
    return answer === undefined || answer === fallback ? [] : [`${key}=${answer}`];
  });
  return editedConfig(sampleConfig(), [...edits, ...invocation.set]);
};
