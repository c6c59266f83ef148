import { credentialsOf } from '../../../contracts/credentials.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { notReady, type Probe, ready } from '../../../contracts/probe.ts';
import { sessionAnswerOf } from '../../../probes/session-answer.ts';
import type { Account, HttpTarget } from '../../../stack/stack.ts';

export type BotSpec = {
  readonly what: 'bot';
  readonly target: HttpTarget;
  readonly account: Account;
  /** It may post there. */
  readonly rooms: readonly string[];
  /** As `ChatOffer.speaks`. */
  readonly speaks?: string;
};

/** The bot gets a realtime session of its own, and may post in all its rooms. */
export const createBotProbe = ({ target, account, rooms, speaks }: BotSpec, { chat, secrets }: Ports): Probe => ({
  id: 'bot',
  ask: (signal) =>
    sessionAnswerOf(signal, async () => {
      const session = await chat(target, speaks).login(credentialsOf(secrets, account), signal);
      const listening = await session.listen(() => undefined, signal);
      await listening.close();
      const why = await session.whyMayNotPost(rooms, signal);
      if (why !== undefined) return notReady(why);
      return ready(`${account.username} is connected, may post in ${rooms.join(', ') || 'no room'}`);
    }),
});
