/** The asking side of a connection to the prober. */
import type { Answer } from '../probes/probe.ts';
import type { ProbeSpec } from '../stack/stack.ts';
import { splitLines } from './lines.ts';
import { parseReply, questionLine } from './probe-lines.ts';

export interface Asking {
  /** Rejects only when `signal` is aborted; a lost connection is "not ready". */
  ask(spec: ProbeSpec, signal: AbortSignal): Promise<Answer>;
  /** To be fed with what the prober says. */
  feed(chunk: string): void;
  /** The connection has ended: whoever still waits is told so. */
  end(why: string): void;
}

export const createAsking = (write: (line: string) => void): Asking => {
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  let ended: string | undefined;
  return {
    ask: (spec, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        if (ended !== undefined) return resolve({ kind: 'not-ready', reason: ended });
        last += 1;
        const id = last;
        const abort = (): void => {
          waiting.delete(id);
          write(questionLine({ id, cancel: true }));
          reject(signal.reason);
        };
        waiting.set(id, (answer) => {
          signal.removeEventListener('abort', abort);
          waiting.delete(id);
          resolve(answer);
        });
        signal.addEventListener('abort', abort, { once: true });
        write(questionLine({ id, spec }));
      }),
    feed: splitLines((line) => {
      const { id, answer } = parseReply(line);
      waiting.get(id)?.(answer);
    }),
    end: (why) => {
      ended = why;
      for (const tell of [...waiting.values()]) tell({ kind: 'not-ready', reason: why });
    },
  };
};
