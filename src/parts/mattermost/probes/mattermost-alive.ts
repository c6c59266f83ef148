import { baseUrl } from '../../../contracts/addresses.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { notReady, type Probe, ready } from '../../../contracts/probe.ts';
import { answerOf } from '../../../probes/foreseen.ts';
import type { HttpTarget } from '../../../stack/stack.ts';
import { MATTERMOST } from '../mattermost.ts';

export type MattermostAliveSpec = { readonly what: 'mattermost-alive'; readonly target: HttpTarget };

/** It answers, whatever its database does: the plain ping asks for nothing of another (server/channels/api4/system.go). */
export const createMattermostAliveProbe = ({ target }: MattermostAliveSpec, { client, addresses }: Ports): Probe => ({
  id: 'mattermost-alive',
  ask: (signal) =>
    answerOf(signal, async () => {
      const health = await client(MATTERMOST).health(baseUrl(addresses, target), false, signal);
      return health.kind === 'well'
        ? ready('it answers')
        : notReady(`the server says it is not well: ${health.reason}`);
    }),
});
