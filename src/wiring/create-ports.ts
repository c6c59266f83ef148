/** Ports as they are on the machine that the program runs on. */
import type { SecureContext } from 'node:tls';
import { createClock } from '../adapters/clock.ts';
import { createHttp } from '../adapters/http.ts';
import { randomWord } from '../adapters/random-word.ts';
import { createTcp } from '../adapters/tcp.ts';
import type { Addresses } from '../contracts/addresses.ts';
import type { HookPlaces } from '../contracts/hook-places.ts';
import { clientsOf, type Ports, type Provided } from '../contracts/ports.ts';
import type { ProofStore } from '../contracts/proofs.ts';
import type { Secrets } from '../contracts/secrets.ts';
import { createClients } from './clients.ts';
import { withContracts } from './with-contracts.ts';

export interface PortsOptions {
  readonly addresses: Addresses;
  readonly secrets: Secrets;
  readonly proofs: ProofStore;
  readonly hookPlaces: HookPlaces;
  /** What parts keep in files of this world. */
  readonly kept: readonly Provided[];
  /** Called when a server makes us wait for its rate limit. */
  readonly warn: (text: string) => void;
  /** What TLS trusts. Default: what Node does. */
  readonly trusted?: () => SecureContext | undefined;
}

export const createPorts = ({ addresses, secrets, proofs, hookPlaces, kept, warn, trusted }: PortsOptions): Ports => {
  const clock = createClock();
  const http = createHttp(undefined, trusted);
  return withContracts({
    addresses,
    clock,
    secrets,
    tcp: createTcp(),
    http,
    proofs,
    hookPlaces,
    randomWord,
    client: clientsOf([...createClients({ http, clock, warn }), ...kept]),
  });
};
