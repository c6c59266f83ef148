/** The prober's side of a connection: every question is asked at once, answers go out as they come. */
import { ChatopsError, toChatopsError } from '../errors/chatops-error.ts';
import type { Answer, Probe } from '../probes/probe.ts';
import type { ProbeSpec } from '../stack/stack.ts';
import { splitLines } from './lines.ts';
import { parseQuestion, type Question, replyLine } from './probe-lines.ts';

/** Questions of one connection that may wait for their answers at the same time. */
const MOST_OPEN = 64;

export interface AnswerOptions {
  readonly probeOf: (spec: ProbeSpec) => Probe;
  /** The table of probes: service → its readiness. */
  readonly readinessOf: (service: string) => ProbeSpec | undefined;
  /**
   * Whether any question may be asked, or only those of the table. A question names the secret it needs and the server
   * that gets it: over the network, anybody could have our token sent to a server of theirs.
   */
  readonly anyQuestion: boolean;
  readonly write: (line: string) => void;
}

export interface Answering {
  feed(chunk: string): void;
  /** Gives up every open question. */
  end(): void;
}

const refuse = (what: string): Answer => ({ kind: 'cannot-tell', error: new ChatopsError('USAGE', { what }) });

export const answerQuestions = (options: AnswerOptions): Answering => {
  const open = new Map<number, AbortController>();

  const specOf = (question: Question): ProbeSpec | string => {
    if ('service' in question) {
      return options.readinessOf(question.service) ?? `the table of probes has no service ${question.service}`;
    }
    if ('spec' in question && options.anyQuestion) return question.spec;
    return 'only services of the table of probes may be asked for here';
  };

  const answer = async (spec: ProbeSpec, signal: AbortSignal): Promise<Answer> => {
    try {
      return await options.probeOf(spec).ask(signal);
    } catch (thrown) {
      if (signal.aborted) return { kind: 'not-ready', reason: 'cancelled' };
      return { kind: 'cannot-tell', error: toChatopsError(thrown) };
    }
  };

  const take = async (question: Question): Promise<void> => {
    const { id } = question;
    if ('cancel' in question) return open.get(id)?.abort();
    const tell = (told: Answer): void => options.write(replyLine({ id, answer: told }));
    const spec = specOf(question);
    if (typeof spec === 'string') return tell(refuse(spec));
    if (open.size >= MOST_OPEN || open.has(id)) return tell(refuse('too many questions at the same time'));
    const stop = new AbortController();
    open.set(id, stop);
    const told = await answer(spec, stop.signal);
    open.delete(id);
    if (!stop.signal.aborted) tell(told);
  };

  return {
    feed: splitLines((line) => {
      const question = parseQuestion(line);
      if (question) void take(question);
    }),
    end: () => {
      for (const stop of open.values()) stop.abort();
    },
  };
};
