import { askAll } from './ask.ts';
import { QUESTIONS } from './questions.ts';

/** The answers that differ from the defaults, as edits of chatops.yaml. @throws ChatopsError INTERRUPTED */
export const askEdits = async (signal: AbortSignal): Promise<readonly string[]> => {
  const answers = await askAll(QUESTIONS, signal);
  return QUESTIONS.flatMap(({ key, default: fallback }) => {
    const answer = answers[key];
    return answer === undefined || answer === fallback ? [] : [`${key}=${answer}`];
  });
};
