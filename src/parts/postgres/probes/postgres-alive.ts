import type { Ports } from '../../../contracts/ports.ts';
import { type Probe, ready } from '../../../contracts/probe.ts';
import { answerOf } from '../../../probes/foreseen.ts';
import type { Endpoint } from '../../../stack/stack.ts';
import { POSTGRES } from '../postgres.ts';

export type PostgresAliveSpec = { readonly what: 'postgres-alive'; readonly endpoint: Endpoint };

/**
 * A refusal is an answer too: it starts, replays its log after a crash, or has no connection left. None of these is a
 * reason to kill the process.
 */
export const createPostgresAliveProbe = ({ endpoint }: PostgresAliveSpec, { client, addresses }: Ports): Probe => ({
  id: 'postgres-alive',
  ask: (signal) =>
    answerOf(signal, async () => {
      await client(POSTGRES).greet(addresses.resolve(endpoint), { signal });
      return ready('PostgreSQL answers');
    }),
});
