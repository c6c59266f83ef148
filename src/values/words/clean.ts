/**
 * The one place that everything passes which somebody reads: secrets hidden, what steers a terminal shown harmlessly,
 * length bounded. What comes from outside (a server's answer, a log, a payload, a file) is in such texts as it came.
 * Pure, and a second time nothing is left to do. No text of a JSON document becomes unreadable by it.
 */
import { ChatopsError } from '../../errors/chatops-error.ts';
import { bounded, boundedLines, LONGEST_TEXT } from './bounded.ts';
import { changedDocuments, readDocument } from './documents.ts';
import { harmless } from './harmless.ts';
import { createHidden, type NamedSecret } from './hidden.ts';
import { withoutTokens } from './token-shapes.ts';

export interface Clean {
  /** A text as it leaves; lines are bounded, their number is not. */
  text(text: string): string;
  /** The same value, every text in it clean and bounded: plain objects, lists, maps and errors. */
  value<T>(value: T): T;
}

export interface LearningClean extends Clean {
  /** Of this one as well, from now on. */
  learn(secret: NamedSecret): void;
}

type Change = (text: string) => string;

const changedError = (error: ChatopsError, change: Change): ChatopsError => {
  const { code, what, why, next, cause } = error;
  return new ChatopsError(code, {
    what: change(what),
    ...(why === undefined ? {} : { why: change(why) }),
    next: change(next),
    cause,
  });
};

const isPlain = (value: object): boolean => [Object.prototype, null].includes(Object.getPrototypeOf(value));

/** What is neither text nor made of others stays as it is: numbers, dates, secrets. */
export const changedTexts = (value: unknown, change: Change): unknown => {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof ChatopsError) return changedError(value, change);
  if (Array.isArray(value)) return value.map((each) => changedTexts(each, change));
  const entries = (pairs: Iterable<readonly [unknown, unknown]>): [unknown, unknown][] =>
    [...pairs].map(([key, inner]) => [changedTexts(key, change), changedTexts(inner, change)]);
  if (value instanceof Map) return new Map(entries(value));
  return isPlain(value) ? Object.fromEntries(entries(Object.entries(value)) as [string, unknown][]) : value;
};

/** @param secrets names of variables with their values; a name says in the text what stood there */
export const createClean = (secrets: readonly NamedSecret[]): LearningClean => {
  const hidden = createHidden();
  secrets.forEach(hidden.learn);
  const hide: Change = (text) => withoutTokens(hidden.hide(text));
  // Hidden once more: what is shown by its number, and what stands before a cut, is another text than before.
  const brief = (text: string, longest: number): string => hide(bounded(hide(harmless(hide(text))), longest));
  const briefText: Change = (text) => brief(text, LONGEST_TEXT);
  const isDocument = (line: string): boolean => readDocument(line) !== undefined;
  // Looked at twice: a raw tab keeps a text from being one until it is shown harmlessly.
  // What a document holds is looked at as it was before it was written as JSON: escapes hide nothing.
  const inDocuments: Change = (text) => changedDocuments(text, (value) => changedTexts(value, briefText));
  return {
    learn: hidden.learn,
    text: (text) => hide(boundedLines(hide(inDocuments(harmless(hide(inDocuments(text))))), isDocument)),
    value: <T>(value: T): T => changedTexts(value, briefText) as T,
  };
};
