/** A logged-in account for a probe, known to be logged in just now: a shared session may have ended meanwhile. */

import { baseUrl } from '../../../contracts/addresses.ts';
import { credentialsOf } from '../../../contracts/credentials.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { type Answer, notReady } from '../../../contracts/probe.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { answerOf, reasonOf } from '../../../probes/foreseen.ts';
import type { Account, HttpTarget } from '../../../stack/stack.ts';
import type { ChatUser, RocketChatSession } from '../rocketchat.ts';

export const logInFor = async (
  { rocketchat, addresses, secrets }: Ports,
  target: HttpTarget,
  account: Account,
  signal: AbortSignal,
): Promise<RocketChatSession> => rocketchat.login(baseUrl(addresses, target), credentialsOf(secrets, account), signal);

/** The account as the server sees it now. @throws ChatopsError UNEXPECTED_ANSWER when it does not know itself */
export const whoAmI = async (session: RocketChatSession, signal: AbortSignal): Promise<ChatUser> => {
  const me = await session.user(session.username, signal);
  if (me !== undefined) return me;
  throw new ChatopsError('UNEXPECTED_ANSWER', {
    what: `the server does not know ${session.username}, who is logged in`,
  });
};

/** As `answerOf`; a session that ended, or a limit reached, is over after the next login or a while. */
export const chatAnswerOf = (signal: AbortSignal, question: () => Promise<Answer>): Promise<Answer> =>
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
