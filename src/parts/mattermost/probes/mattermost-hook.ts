import { baseUrl } from '../../../contracts/addresses.ts';
import { credentialsOf } from '../../../contracts/credentials.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { notReady, type Probe, ready } from '../../../contracts/probe.ts';
import { sessionAnswerOf } from '../../../probes/session-answer.ts';
import type { Account, HttpTarget } from '../../../stack/stack.ts';
import { MATTERMOST } from '../mattermost.ts';

export type MattermostHookSpec = {
  readonly what: 'mattermost-hook';
  readonly target: HttpTarget;
  readonly admin: Account;
  readonly team: string;
  readonly name: string;
  /** Where it posts. */
  readonly channel: string;
};

/** Asks the list of webhooks only: every request to a hook itself that it takes would post. */
export const createMattermostHookProbe = (
  { target, admin: account, team: teamName, name, channel: channelName }: MattermostHookSpec,
  { client, addresses, secrets }: Ports,
): Probe => ({
  id: 'mattermost-hook',
  ask: (signal) =>
    sessionAnswerOf(signal, async () => {
      const base = baseUrl(addresses, target);
      const admin = await client(MATTERMOST).administer(base, credentialsOf(secrets, account), signal);
      const team = await admin.team(teamName, signal);
      if (team === undefined) return notReady(`there is no team ${teamName}`);
      const named = (await admin.hooks(team.id, signal)).filter((hook) => hook.name === name);
      if (named.length === 0) return notReady(`there is no incoming webhook ${name}`);
      const channel = await admin.channel(team.id, channelName, signal);
      if (channel === undefined) return notReady(`there is no channel ${channelName}`);
      if (channel.archived) return notReady(`channel ${channelName} of webhook ${name} is archived`);
      return named.some(({ channelId }) => channelId === channel.id)
        ? ready(`webhook ${name} posts into ${channelName}`)
        : notReady(`webhook ${name} posts into another channel than ${channelName}`);
    }),
});
