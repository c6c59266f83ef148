/**
 * The prober's side of its standard input: every question is asked at once, answers go out as they come. A question names
 * the secret it needs and the server that gets it, so that nobody else may ask: there is no port for it.
 */

import type { Answer, Probe } from '../contracts/probe.ts';
import { ChatopsError, toChatopsError } from '../errors/chatops-error.ts';
import type { ProbeSpec } from '../stack/stack.ts';
import type { Outlet } from '../values/words/outlet.ts';
import { splitLines } from './lines.ts';
import {
  type Decided,
  type JobQuestion,
  type ProberQuestion,
  parseQuestion,
  type Reply,
  replyLine,
} from './probe-lines.ts';

/** Questions of one connection that may wait for their answers at the same time. */
const MOST_OPEN = 64;

export interface AnswerOptions {
  readonly probeOf: (spec: ProbeSpec) => Probe;
  /** The table of probes: service → its readiness. */
  readonly readinessOf: (service: string) => ProbeSpec | undefined;
  /** What a job would do, with the secrets it is handed. */
  readonly decide: (question: JobQuestion, onWarning: (text: string) => void, signal: AbortSignal) => Promise<Decided>;
  readonly write: Outlet;
}

export interface Answering {
  feed(chunk: string): void;
  /** Gives up every open question. */
  end(): void;
}

const refuse = (what: string): Answer => ({ kind: 'cannot-tell', error: new ChatopsError('USAGE', { what }) });

export const answerQuestions = (options: AnswerOptions): Answering => {
  const open = new Map<number, AbortController>();

  const specOf = (question: ProberQuestion): ProbeSpec | string => {
    if ('unknown' in question) return 'the question was not understood: the prober is of another version';
    if ('service' in question) {
      return options.readinessOf(question.service) ?? `the table of probes has no service ${question.service}`;
    }
    return 'spec' in question ? question.spec : 'a job is decided on, and not asked';
  };

  const answer = async (spec: ProbeSpec, signal: AbortSignal): Promise<Answer> => {
    try {
      return await options.probeOf(spec).ask(signal);
    } catch (thrown) {
      if (signal.aborted) return { kind: 'not-ready', reason: 'cancelled' };
      return { kind: 'cannot-tell', error: toChatopsError(thrown) };
    }
  };

  const decide = async (id: number, question: JobQuestion, signal: AbortSignal): Promise<Decided> => {
    try {
      return await options.decide(question, (warning) => options.write(replyLine({ id, warning })), signal);
    } catch (thrown) {
      return { kind: 'failed', error: toChatopsError(thrown) };
    }
  };

  /** What a question takes, or why it is refused. */
  const taskOf = (question: ProberQuestion): ((signal: AbortSignal) => Promise<Reply>) | string => {
    const { id } = question;
    if ('job' in question) {
      return async (signal) => ({ id, decided: await decide(id, question, signal) });
    }
    const spec = specOf(question);
    return typeof spec === 'string' ? spec : async (signal) => ({ id, answer: await answer(spec, signal) });
  };

  const take = async (question: ProberQuestion): Promise<void> => {
    const { id } = question;
    if ('cancel' in question) return open.get(id)?.abort();
    const refused = (why: string): void => options.write(replyLine({ id, answer: refuse(why) }));
    const task = taskOf(question);
    if (typeof task === 'string') return refused(task);
    if (open.size >= MOST_OPEN || open.has(id)) return refused('too many questions at the same time');
    const stop = new AbortController();
    open.set(id, stop);
    const reply = await task(stop.signal);
    open.delete(id);
    if (!stop.signal.aborted) options.write(replyLine(reply));
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
