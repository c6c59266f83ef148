/** Ports over the real sockets of the loopback, services by name; answers as one line of text. */
import { createHttp } from '../../../src/adapters/http.ts';
import { createTcp } from '../../../src/adapters/tcp.ts';
import { clientsOf, type Ports, provide } from '../../../src/contracts/ports.ts';
import type { Answer } from '../../../src/contracts/probe.ts';
import { createProbe } from '../../../src/contracts/probe-kinds.ts';
import { createMongo } from '../../../src/parts/mongodb/client/mongo.ts';
import { MONGO } from '../../../src/parts/mongodb/mongo.ts';
import { createPostgres } from '../../../src/parts/postgres/client/postgres.ts';
import { POSTGRES } from '../../../src/parts/postgres/postgres.ts';
import type { ProbeSpec } from '../../../src/stack/stack.ts';
import { PROBE_KINDS } from '../../../src/wiring/probe-kinds.ts';

/** Service → loopback port. */
export const portsOver = (places: Readonly<Record<string, number>>, instead: Partial<Ports> = {}): Ports => {
  const used: Partial<Ports> = {
    tcp: createTcp(),
    http: createHttp(),
    client: clientsOf([provide(MONGO, createMongo()), provide(POSTGRES, createPostgres())]),
    addresses: { resolve: ({ service }) => ({ host: '127.0.0.1', port: places[service] ?? 0 }) },
    ...instead,
  };
  return used as Ports;
};

export const ask = (
  spec: ProbeSpec,
  places: Readonly<Record<string, number>>,
  signal: AbortSignal = new AbortController().signal,
): Promise<Answer> => createProbe(PROBE_KINDS, spec, portsOver(places)).ask(signal);

/** `not-ready connection refused`, `ready …`, `cannot-tell UNEXPECTED_ANSWER …`. */
export const text = (answer: Answer): string => {
  if (answer.kind === 'cannot-tell') return `cannot-tell ${answer.error.code} ${answer.error.message}`;
  return `${answer.kind} ${(answer.kind === 'ready' ? answer.detail : answer.reason) ?? ''}`.trim();
};
