/** What every probe does with an error of a port: unreachable is an answer, the rest cannot be waited for. */

import { type Answer, cannotTell, notReady } from '../contracts/probe.ts';
import { ChatopsError } from '../errors/chatops-error.ts';

/** Runs `question`; what it throws becomes an answer. @throws the signal's reason when aborted, and faults of ours */
export const answerOf = async (signal: AbortSignal, question: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await question();
  } catch (thrown) {
    signal.throwIfAborted();
    if (!(thrown instanceof ChatopsError)) throw thrown;
    return thrown.code === 'UNREACHABLE' ? notReady(reasonOf(thrown)) : cannotTell(thrown);
  }
};

/** One line: what and why. */
export const reasonOf = (error: ChatopsError): string => error.message.replaceAll(/\s*\n\s*/g, ' ');
