import { baseUrl } from '../../../contracts/addresses.ts';
import { credentialsOf } from '../../../contracts/credentials.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { notReady, type Probe, ready } from '../../../contracts/probe.ts';
import { sessionAnswerOf } from '../../../probes/session-answer.ts';
import type { Account, HttpTarget } from '../../../stack/stack.ts';
import { MATTERMOST } from '../mattermost.ts';

export type MattermostChannelSpec = {
  readonly what: 'mattermost-channel';
  readonly target: HttpTarget;
  readonly account: Account;
  readonly channel: string;
  readonly may: 'see' | 'read' | 'post';
};

/** What an account sees it may read: a private channel is not there for who is not in it. To post it must be inside. */
export const createMattermostChannelProbe = (
  { target, account, channel: name, may }: MattermostChannelSpec,
  { client, addresses, secrets }: Ports,
): Probe => ({
  id: 'mattermost-channel',
  ask: (signal) =>
    sessionAnswerOf(signal, async () => {
      const base = baseUrl(addresses, target);
      const session = await client(MATTERMOST).login(base, credentialsOf(secrets, account), signal);
      const channel = await session.channel(name, signal);
      if (channel === undefined) return notReady(`${account.username} sees no channel ${name}, or it is archived`);
      if (may === 'post' && !(await session.isMember(channel.id, signal))) {
        return notReady(`${account.username} is no member of ${name}`);
      }
      return ready(`${account.username} may ${may} in ${name}`);
    }),
});
