/** What keeps the bot from being of use, one line; undefined: nothing does. Reads only. */

import { whyNoAccess } from '../../rocketchat/probes/room-access.ts';
import type { RocketChatSession } from '../../rocketchat/rocketchat.ts';

export const whyOfNoUse = async (
  session: RocketChatSession,
  rooms: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> => {
  const me = await session.user(session.username, signal);
  if (me === undefined) return `the server does not know ${session.username}, who is logged in`;
  for (const room of rooms) {
    const why = await whyNoAccess(session, me, room, 'post', signal);
    if (why !== undefined) return why;
  }
  return undefined;
};
