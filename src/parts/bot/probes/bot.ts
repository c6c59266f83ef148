import { baseUrl } from '../../../contracts/addresses.ts';
import { credentialsOf } from '../../../contracts/credentials.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { notReady, type Probe, ready } from '../../../contracts/probe.ts';
import type { Account, HttpTarget } from '../../../stack/stack.ts';
import { chatAnswerOf, logInFor, whoAmI } from '../../rocketchat/probes/chat-session.ts';
import { whyNoAccess } from '../../rocketchat/probes/room-access.ts';

export type BotSpec = {
  readonly what: 'bot';
  readonly target: HttpTarget;
  readonly account: Account;
  /** It may post there. */
  readonly rooms: readonly string[];
};

/** The bot gets a realtime session of its own, and may post in all its rooms. */
export const createBotProbe = ({ target, account, rooms }: BotSpec, ports: Ports): Probe => ({
  id: 'bot',
  ask: (signal) =>
    chatAnswerOf(signal, async () => {
      const credentials = credentialsOf(ports.secrets, account);
      const connection = await ports.rocketchat.connectBot(baseUrl(ports.addresses, target), credentials, signal);
      await connection.close();
      const session = await logInFor(ports, target, account, signal);
      const me = await whoAmI(session, signal);
      for (const room of rooms) {
        const why = await whyNoAccess(session, me, room, 'post', signal);
        if (why !== undefined) return notReady(why);
      }
      return ready(`${account.username} is connected, may post in ${rooms.join(', ') || 'no room'}`);
    }),
});
