import type { Ports } from '../../../contracts/ports.ts';
import { notReady, type Probe, ready } from '../../../contracts/probe.ts';
import { sessionAnswerOf } from '../../../probes/session-answer.ts';
import type { Account, HttpTarget } from '../../../stack/stack.ts';
import { logInFor, whoAmI } from './chat-session.ts';
import { type RoomAccess, whyNoAccess } from './room-access.ts';

export type RocketChatRoomSpec = {
  readonly what: 'rocketchat-room';
  readonly target: HttpTarget;
  readonly account: Account;
  readonly room: string;
  readonly may: RoomAccess;
};

/** The account may see, read or post in the room. */
export const createRocketChatRoomProbe = ({ target, account, room, may }: RocketChatRoomSpec, ports: Ports): Probe => ({
  id: 'rocketchat-room',
  ask: (signal) =>
    sessionAnswerOf(signal, async () => {
      const session = await logInFor(ports, target, account, signal);
      const why = await whyNoAccess(session, await whoAmI(session, signal), room, may, signal);
      return why === undefined ? ready(`${account.username} may ${may} in ${room}`) : notReady(why);
    }),
});
