import { baseUrl } from '../../../contracts/addresses.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { notReady, type Probe, ready } from '../../../contracts/probe.ts';
import { answerOf } from '../../../probes/foreseen.ts';
import type { HttpTarget } from '../../../stack/stack.ts';
import { ROCKETCHAT } from '../rocketchat.ts';

export type RocketChatAliveSpec = { readonly what: 'rocketchat-alive'; readonly target: HttpTarget };

/**
 * `/livez` (7.11 and later) also pings MongoDB, and says 503 without it (RocketChat/Rocket.Chat of 8.6:
 * apps/meteor/server/routes/health.ts). To be killed for that helps nobody, so only its other checks count; where it
 * does not answer in time, `/health` does, which asks nobody. An older server is alive when it answers.
 */
export const createRocketChatAliveProbe = ({ target }: RocketChatAliveSpec, { client, addresses }: Ports): Probe => ({
  id: 'rocketchat-alive',
  ask: (signal) =>
    answerOf(signal, async () => {
      const liveness = await client(ROCKETCHAT).liveness(baseUrl(addresses, target), signal);
      return liveness.kind === 'alive'
        ? ready(liveness.detail)
        : notReady(`the server says it is not well: ${liveness.reason}`);
    }),
});
