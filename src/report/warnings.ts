/** Commands that report nothing of a run report its warnings: on standard error, so that standard output stays what was asked for. */
import type { EventSink } from '../contracts/event-sink.ts';
import type { Outlet } from '../values/words/outlet.ts';

/** @param about what it is of: a file, `preflight`, a node; absent when the text says so itself */
const warningLine = (text: string, about?: string): string =>
  `warning: ${about === undefined ? '' : `${about}: `}${text}\n`;

export const reportWarnings = (texts: readonly string[], err: Outlet): void => {
  for (const text of texts) err(warningLine(text));
};

export const createWarningsReporter = (err: Outlet): EventSink => ({
  emit: (event) => {
    if (event.type === 'warning') err(warningLine(event.text, event.node));
  },
});
