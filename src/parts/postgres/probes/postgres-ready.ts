import type { Ports } from '../../../contracts/ports.ts';
import { type Answer, notReady, type Probe, ready } from '../../../contracts/probe.ts';
import { answerOf } from '../../../probes/foreseen.ts';
import type { Endpoint } from '../../../stack/stack.ts';
import { type Greeting, POSTGRES, type RefusalReason } from '../postgres.ts';

export type PostgresReadySpec = { readonly what: 'postgres-ready'; readonly endpoint: Endpoint };

/** Nobody gets in. Any other refusal is meant for who knocked: a rule about users, for one. */
const CLOSED: readonly RefusalReason[] = ['starting', 'stopping', 'full-of-connections'];

const judge = (where: string, greeting: Greeting): Answer =>
  greeting.kind === 'refuses' && CLOSED.includes(greeting.reason)
    ? notReady(`${where} takes no login: ${greeting.says}`)
    : ready('takes logins');

/** It would let somebody log in, as `pg_isready` judges (PostgreSQL manual, PQping). */
export const createPostgresReadyProbe = ({ endpoint }: PostgresReadySpec, { client, addresses }: Ports): Probe => ({
  id: 'postgres-ready',
  ask: (signal) =>
    answerOf(signal, async () =>
      judge(
        `${endpoint.service}:${endpoint.port}`,
        await client(POSTGRES).greet(addresses.resolve(endpoint), { signal }),
      ),
    ),
});
