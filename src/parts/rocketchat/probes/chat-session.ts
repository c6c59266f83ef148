/** A logged-in account for a probe, known to be logged in just now: a shared session may have ended meanwhile. */

import { baseUrl } from '../../../contracts/addresses.ts';
import { credentialsOf } from '../../../contracts/credentials.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { Account, HttpTarget } from '../../../stack/stack.ts';
import { type ChatUser, ROCKETCHAT, type RocketChatSession } from '../rocketchat.ts';

export const logInFor = async (
  { client, addresses, secrets }: Ports,
  target: HttpTarget,
  account: Account,
  signal: AbortSignal,
): Promise<RocketChatSession> =>
  client(ROCKETCHAT).login(baseUrl(addresses, target), credentialsOf(secrets, account), signal);

/** The account as the server sees it now. @throws ChatopsError UNEXPECTED_ANSWER when it does not know itself */
export const whoAmI = async (session: RocketChatSession, signal: AbortSignal): Promise<ChatUser> => {
  const me = await session.user(session.username, signal);
  if (me !== undefined) return me;
  throw new ChatopsError('UNEXPECTED_ANSWER', {
    what: `the server does not know ${session.username}, who is logged in`,
  });
};
