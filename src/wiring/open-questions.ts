/** Which questions of a first chatops.yaml are still open: kept beside it, so that an interruption loses no answer. */
import { join } from 'node:path';
import { readBounded } from '../adapters/read-bounded.ts';
import { isListOf, readJson } from '../values/shape.ts';
import { STATE_DIR } from './stack-directory.ts';

export const OPEN_QUESTIONS_FILE = `${STATE_DIR}/open-questions.json`;

/** A few keys. */
const LARGEST_BYTES = 65_536;

/** Their keys, in their order; none when nothing was begun. A damaged file asks nothing. */
export const readOpenQuestions = (dir: string): readonly string[] => {
  const read = readBounded(join(dir, OPEN_QUESTIONS_FILE), LARGEST_BYTES);
  const keys = read.kind === 'text' ? readJson(read.text) : undefined;
  return isListOf(keys, (key) => typeof key === 'string') ? (keys as readonly string[]) : [];
};

export const openQuestionsText = (keys: readonly string[]): string => `${JSON.stringify(keys)}\n`;
