/** Commands that report nothing of a run report its warnings: on standard error, so that standard output stays what was asked for. */
import type { EventSink } from '../contracts/event-sink.ts';

/** @param about what it is of: a file, `preflight`, a node; absent when the text says so itself */
const warningLine = (text: string, about?: string): string =>
  `warning: ${about === undefined ? '' : `${about}: `}${text}\n`;

export const reportWarnings = (texts: readonly string[], err: (text: string) => void): void => {
  for (const text of texts) err(warningLine(text));
};

export const createWarningsReporter = (err: (text: string) => void): EventSink => ({
  emit: (event) => {
    if (event.type === 'warning') err(warningLine(event.text, event.node));
  },
});
