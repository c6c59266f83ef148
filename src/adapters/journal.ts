import { appendFileSync } from 'node:fs';
import type { Journal } from '../contracts/journal.ts';
import type { Clean } from '../values/words/clean.ts';

/** One JSON line per change, on disk before the next change begins. */
export const createJournal = (path: string, date: () => Date, clean: Clean): Journal => ({
  append: ({ node, change: { action, resource, name, cause } }) => {
    const entry = clean.value({ at: date().toISOString(), node, action, resource, name, cause });
    appendFileSync(path, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  },
});
