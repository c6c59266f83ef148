import { baseUrl } from '../../../contracts/addresses.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { notReady, type Probe, ready } from '../../../contracts/probe.ts';
import { answerOf } from '../../../probes/foreseen.ts';
import type { HttpTarget } from '../../../stack/stack.ts';
import { MATTERMOST } from '../mattermost.ts';

export type MattermostSpec = { readonly what: 'mattermost'; readonly target: HttpTarget };

/** The server's own word, then its API, as a browser asks it first. While it starts the port is shut. */
export const createMattermostProbe = ({ target }: MattermostSpec, { client, addresses }: Ports): Probe => ({
  id: 'mattermost',
  ask: (signal) =>
    answerOf(signal, async () => {
      const base = baseUrl(addresses, target);
      const health = await client(MATTERMOST).health(base, true, signal);
      if (health.kind === 'unwell') return notReady(`the server says it is not well: ${health.reason}`);
      const { version } = await client(MATTERMOST).about(base, signal);
      return ready(`Mattermost ${version}`.trim());
    }),
});
