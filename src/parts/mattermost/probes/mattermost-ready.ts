import { baseUrl } from '../../../contracts/addresses.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { notReady, type Probe, ready } from '../../../contracts/probe.ts';
import { answerOf } from '../../../probes/foreseen.ts';
import type { HttpTarget } from '../../../stack/stack.ts';
import { MATTERMOST } from '../mattermost.ts';

export type MattermostReadySpec = { readonly what: 'mattermost-ready'; readonly target: HttpTarget };

/** The server's own word: it has written to its database and its file store just now. */
export const createMattermostReadyProbe = ({ target }: MattermostReadySpec, { client, addresses }: Ports): Probe => ({
  id: 'mattermost-ready',
  ask: (signal) =>
    answerOf(signal, async () => {
      const health = await client(MATTERMOST).health(baseUrl(addresses, target), true, signal);
      return health.kind === 'well'
        ? ready('its database and its file store take writes')
        : notReady(`the server says it is not well: ${health.reason}`);
    }),
});
