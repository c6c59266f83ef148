import { baseUrl } from '../../../contracts/addresses.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { notReady, type Probe, ready } from '../../../contracts/probe.ts';
import { answerOf } from '../../../probes/foreseen.ts';
import type { HttpTarget } from '../../../stack/stack.ts';
import { ROCKETCHAT } from '../rocketchat.ts';

export type RocketChatReadySpec = { readonly what: 'rocketchat-ready'; readonly target: HttpTarget };

/** The server's own word (`/readyz`, 7.11 and later); an older one takes traffic when it answers. */
export const createRocketChatReadyProbe = ({ target }: RocketChatReadySpec, { client, addresses }: Ports): Probe => ({
  id: 'rocketchat-ready',
  ask: (signal) =>
    answerOf(signal, async () => {
      const readiness = await client(ROCKETCHAT).readiness(baseUrl(addresses, target), signal);
      if (readiness.kind === 'unavailable') return notReady(`the server says it is unavailable: ${readiness.reason}`);
      return ready(readiness.kind === 'ready' ? 'it says that it is ready' : 'it answers, and is too old to say more');
    }),
});
