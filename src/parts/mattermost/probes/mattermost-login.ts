import { baseUrl } from '../../../contracts/addresses.ts';
import { credentialsOf } from '../../../contracts/credentials.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { type Probe, ready } from '../../../contracts/probe.ts';
import { sessionAnswerOf } from '../../../probes/session-answer.ts';
import type { Account, HttpTarget } from '../../../stack/stack.ts';
import { MATTERMOST } from '../mattermost.ts';

export type MattermostLoginSpec = {
  readonly what: 'mattermost-login';
  readonly target: HttpTarget;
  readonly account: Account;
};

/** The account can log in; a deactivated one cannot. */
export const createMattermostLoginProbe = (
  { target, account }: MattermostLoginSpec,
  { client, addresses, secrets }: Ports,
): Probe => ({
  id: 'mattermost-login',
  ask: (signal) =>
    sessionAnswerOf(signal, async () => {
      const base = baseUrl(addresses, target);
      const { me } = await client(MATTERMOST).login(base, credentialsOf(secrets, account), signal);
      return ready(`${me.name} is logged in`);
    }),
});
