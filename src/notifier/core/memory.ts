/** What outlives a call: how the last run of each subject ended. Without a store there are no recoveries to announce. */
import { at, list, text } from './read.ts';

export interface Memory {
  /** undefined when there is no store, or nothing in it. */
  read(): unknown;
  write(value: string): void;
}

/** Subjects kept, the latest; the sandbox has few megabytes. */
const KEPT = 200;

/** Subjects whose last outcome was a failure, oldest first. */
const failedSubjects = (memory: Memory): readonly string[] => {
  try {
    return list(at(JSON.parse(text(memory.read())), 'failed')).map(text);
  } catch {
    return [];
  }
};

export const hadFailed = (memory: Memory, subject: string): boolean => failedSubjects(memory).includes(subject);

export const remember = (memory: Memory, subject: string, failed: boolean): void => {
  const before = failedSubjects(memory);
  if (before.includes(subject) === failed) return;
  const others = before.filter((known) => known !== subject);
  const after = failed ? [...others, subject].slice(-KEPT) : others;
  memory.write(JSON.stringify({ failed: after }));
};

export const NO_MEMORY: Memory = { read: () => undefined, write: () => undefined };
