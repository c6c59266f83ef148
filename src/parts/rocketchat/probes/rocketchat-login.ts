import type { Ports } from '../../../contracts/ports.ts';
import { notReady, type Probe, ready } from '../../../contracts/probe.ts';
import { sessionAnswerOf } from '../../../probes/session-answer.ts';
import type { Account, HttpTarget } from '../../../stack/stack.ts';
import { logInFor, whoAmI } from './chat-session.ts';

export type RocketChatLoginSpec = {
  readonly what: 'rocketchat-login';
  readonly target: HttpTarget;
  readonly account: Account;
};

/** The account can log in and is active. */
export const createRocketChatLoginProbe = ({ target, account }: RocketChatLoginSpec, ports: Ports): Probe => ({
  id: 'rocketchat-login',
  ask: (signal) =>
    sessionAnswerOf(signal, async () => {
      const session = await logInFor(ports, target, account, signal);
      const me = await whoAmI(session, signal);
      return me.active ? ready(`${me.username} is logged in`) : notReady(`${me.username} is deactivated`);
    }),
});
