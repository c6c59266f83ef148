import { baseUrl } from '../../../contracts/addresses.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { notReady, type Probe, ready } from '../../../contracts/probe.ts';
import { answerOf } from '../../../probes/foreseen.ts';
import type { HttpTarget } from '../../../stack/stack.ts';
import { ROCKETCHAT } from '../rocketchat.ts';

export type RocketChatSpec = { readonly what: 'rocketchat'; readonly target: HttpTarget };

/**
 * The server's own word where it has one (`/readyz`, 7.11 and later; `/health` of 8.x is always 200), then its API.
 * While it starts the port is shut: there is no phase in which it answers 503 for that.
 */
export const createRocketChatProbe = ({ target }: RocketChatSpec, { client, addresses }: Ports): Probe => ({
  id: 'rocketchat',
  ask: (signal) =>
    answerOf(signal, async () => {
      const base = baseUrl(addresses, target);
      const readiness = await client(ROCKETCHAT).readiness(base, signal);
      if (readiness.kind === 'unavailable') return notReady(`the server says it is unavailable: ${readiness.reason}`);
      const { version } = await client(ROCKETCHAT).info(base, signal);
      return ready(`Rocket.Chat ${version}`);
    }),
});
