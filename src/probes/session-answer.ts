import { type Answer, notReady } from '../contracts/probe.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { answerOf, reasonOf } from './foreseen.ts';

/** As `answerOf`; a session that ended, or a limit reached, is over after the next login or a while. */
export const sessionAnswerOf = (signal: AbortSignal, question: () => Promise<Answer>): Promise<Answer> =>
  answerOf(signal, async () => {
    try {
      return await question();
    } catch (thrown) {
      const passes =
        thrown instanceof ChatopsError && (thrown.code === 'TOKEN_INVALID' || thrown.code === 'RATE_LIMITED');
      if (!passes) throw thrown;
      return notReady(reasonOf(thrown));
    }
  });
