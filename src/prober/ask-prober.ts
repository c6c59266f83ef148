/** The asking side of a connection to the prober. */
import { type Answer, unasked } from '../contracts/probe.ts';
import type { ProbeSpec } from '../stack/stack.ts';
import { splitLines } from './lines.ts';
import {
  type Decided,
  type JobQuestion,
  type ProberQuestion,
  parseReply,
  questionLine,
  type Reply,
} from './probe-lines.ts';

export interface Asking {
  /** Rejects only when `signal` is aborted; a lost connection is "not ready". */
  ask(spec: ProbeSpec, signal: AbortSignal): Promise<Answer>;
  /** What a job would do; undefined when the connection was lost. Rejects only when `signal` is aborted. */
  decide(question: JobQuestion, onWarning: (text: string) => void, signal: AbortSignal): Promise<Decided | undefined>;
  /** To be fed with what the prober says. */
  feed(chunk: string): void;
  /** The connection has ended: those who still wait are notified. */
  end(why: string): void;
}

/** Called with every reply to a question; undefined: there will be none any more. Says whether it was the last one. */
type Listener = (reply: Reply | undefined) => boolean;

export const createAsking = (write: (line: string) => void): Asking => {
  const waiting = new Map<number, Listener>();
  let last = 0;
  let ended: string | undefined;

  /** @param settle the result a reply means; undefined when it is not the last one */
  const put = <T>(
    question: (id: number) => ProberQuestion,
    settle: (reply: Reply | undefined) => { readonly result: T } | undefined,
    signal: AbortSignal,
  ): Promise<T> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      last += 1;
      const id = last;
      const abort = (): void => {
        waiting.delete(id);
        write(questionLine({ id, cancel: true }));
        reject(signal.reason);
      };
      const hear: Listener = (reply) => {
        const settled = settle(reply);
        if (settled === undefined) return false;
        signal.removeEventListener('abort', abort);
        resolve(settled.result);
        return true;
      };
      if (ended !== undefined && hear(undefined)) return;
      waiting.set(id, hear);
      signal.addEventListener('abort', abort, { once: true });
      write(questionLine(question(id)));
    });

  return {
    ask: (spec, signal) =>
      put<Answer>(
        (id) => ({ id, spec }),
        (reply) => {
          if (reply === undefined) return { result: unasked(ended ?? '') };
          return 'answer' in reply ? { result: reply.answer } : undefined;
        },
        signal,
      ),
    decide: (question, onWarning, signal) =>
      put<Decided | undefined>(
        (id) => ({ id, ...question }),
        (reply) => {
          if (reply === undefined) return { result: undefined };
          if ('decided' in reply) return { result: reply.decided };
          // It does not understand the question.
          if ('answer' in reply) {
            const { answer } = reply;
            return { result: answer.kind === 'cannot-tell' ? { kind: 'failed', error: answer.error } : undefined };
          }
          onWarning(reply.warning);
          return undefined;
        },
        signal,
      ),
    feed: splitLines((line) => {
      const reply = parseReply(line);
      if (reply && waiting.get(reply.id)?.(reply)) waiting.delete(reply.id);
    }),
    end: (why) => {
      ended = why;
      for (const hear of [...waiting.values()]) hear(undefined);
      waiting.clear();
    },
  };
};
