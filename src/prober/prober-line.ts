/** The one connection to a prober: made when it is first needed, made again when it was lost. */

import type { Inside } from '../contracts/engine.ts';
import type { HeldProgram } from '../contracts/held-program.ts';
import { type Answer, unasked } from '../contracts/probe.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { type Asking, createAsking } from './ask-prober.ts';
import type { Decided, JobQuestion } from './probe-lines.ts';

/**
 * Begins the program that is asked; undefined while there is none to begin. Throws GATE_FAILED when there will be none.
 * @param onOutput called with every chunk of its standard output
 */
export type BeginProber = (onOutput: (chunk: string) => void) => Promise<HeldProgram | undefined>;

interface Connection {
  readonly asking: Asking;
  readonly program: HeldProgram;
}

export interface ProberLine {
  /** Begins to connect, so that the first question need not wait for it. */
  prepare(): void;
  ask(...asked: Parameters<Inside['ask']>): Promise<Answer>;
  /** Undefined when the prober cannot be asked. Rejects only when `signal` is aborted. */
  decide(question: JobQuestion, onWarning: (text: string) => void, signal: AbortSignal): Promise<Decided | undefined>;
  close(): Promise<void>;
}

export const createProberLine = (begin: BeginProber): ProberLine => {
  let connection: Promise<Connection | undefined> | undefined;

  const connect = async (): Promise<Connection | undefined> => {
    let program: HeldProgram | undefined;
    const asking = createAsking((line) => program?.write(line));
    program = await begin(asking.feed);
    if (program === undefined) return undefined;
    void program.ended.then(() => {
      asking.end('the connection to the prober has ended');
      connection = undefined;
    });
    return { asking, program };
  };

  /** Undefined: it does not run. Rejects when it cannot be connected to; the next call tries again. */
  const connected = async (): Promise<Connection | undefined> => {
    connection ??= connect();
    const made = connection;
    try {
      const line = await made;
      if (line === undefined && connection === made) connection = undefined;
      return line;
    } catch (thrown) {
      if (connection === made) connection = undefined;
      throw thrown;
    }
  };

  return {
    prepare: () => void connected().catch(() => undefined),
    ask: async (spec, signal) => {
      try {
        const line = await connected();
        return line ? await line.asking.ask(spec, signal) : unasked('the prober does not run yet');
      } catch (thrown) {
        signal.throwIfAborted();
        if (thrown instanceof ChatopsError && thrown.code === 'GATE_FAILED')
          return { kind: 'cannot-tell', error: thrown };
        return unasked(`the prober cannot be asked: ${(thrown as Error).message}`);
      }
    },
    decide: async (question, onWarning, signal) => {
      try {
        return await (await connected())?.asking.decide(question, onWarning, signal);
      } catch {
        signal.throwIfAborted();
        return undefined;
      }
    },
    close: async () => (await connection?.catch(() => undefined))?.program.close(),
  };
};
