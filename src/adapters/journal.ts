import { appendFileSync } from 'node:fs';
import type { Journal } from '../contracts/journal.ts';

/** One JSON line per change, on disk before the next change begins. */
export const createJournal = (path: string, date: () => Date): Journal => ({
  append: ({ node, change: { action, resource, name, cause } }) =>
    appendFileSync(path, `${JSON.stringify({ at: date().toISOString(), node, action, resource, name, cause })}\n`, {
      mode: 0o600,
    }),
});
