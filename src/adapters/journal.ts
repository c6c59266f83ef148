import { appendFileSync, closeSync, constants, openSync } from 'node:fs';
import type { Journal } from '../contracts/journal.ts';
import type { Clean } from '../values/words/clean.ts';

/** Neither a link is followed nor a FIFO waited for. */
const APPENDED =
  constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;

const appended = (path: string, text: string): void => {
  const descriptor = openSync(path, APPENDED, 0o600);
  try {
    appendFileSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
};

/** One JSON line per change, on disk before the next change begins. */
export const createJournal = (path: string, date: () => Date, clean: Clean): Journal => ({
  append: ({ node, change: { action, resource, name, cause } }) => {
    const entry = clean.value({ at: date().toISOString(), node, action, resource, name, cause });
    appended(path, `${JSON.stringify(entry)}\n`);
  },
});
