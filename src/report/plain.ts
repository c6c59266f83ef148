import { eventLine } from './event-line.ts';
import type { Reporter } from './reporter.ts';

/** A line per event that matters: for logs, CI and everything that is not a terminal. */
export const createPlainReporter = (write: (text: string) => void): Reporter => ({
  begin: () => undefined,
  emit: (event) => {
    const line = eventLine(event);
    if (line !== undefined) write(`${line}\n`);
  },
  end: async () => undefined,
});
