/** Ports as they are on the machine that the program runs on. */
import type { SecureContext } from 'node:tls';
import { createClock } from '../adapters/clock.ts';
import { createHttp } from '../adapters/http.ts';
import { lookupWith, lookupWithLoopback } from '../adapters/lookup.ts';
import { randomWord } from '../adapters/random-word.ts';
import { createTcp } from '../adapters/tcp.ts';
import type { Addresses } from '../contracts/addresses.ts';
import type { HookPlaces } from '../contracts/hook-places.ts';
import type { Part } from '../contracts/part.ts';
import { clientsOf, type Ports, type Provided } from '../contracts/ports.ts';
import type { ProofStore } from '../contracts/proofs.ts';
import type { Secrets } from '../contracts/secrets.ts';
import { createClients } from './clients.ts';
import { withContracts } from './with-contracts.ts';

export interface PortsOptions {
  /** Of the stack: how their chats are spoken to. */
  readonly parts: readonly Part[];
  readonly addresses: Addresses;
  readonly secrets: Secrets;
  readonly proofs: ProofStore;
  readonly hookPlaces: HookPlaces;
  /** What parts keep in files of this world. */
  readonly kept: readonly Provided[];
  /** Called when a server makes us wait for its rate limit. */
  readonly warn: (text: string) => void;
  /** Name of a host of the front door → where it is from here, for names that no resolver has. Default: none. */
  readonly targetOf?: (name: string) => string | undefined;
  /** What TLS trusts. Default: what Node does. */
  readonly trusted?: () => SecureContext | undefined;
}

export const createPorts = (options: PortsOptions): Ports => {
  const { parts, addresses, secrets, proofs, hookPlaces, kept, warn, targetOf = () => undefined, trusted } = options;
  const clock = createClock();
  const http = createHttp(lookupWith(targetOf, lookupWithLoopback), trusted);
  const clients = {
    addresses,
    clock,
    secrets,
    tcp: createTcp(),
    http,
    proofs,
    hookPlaces,
    randomWord,
    client: clientsOf([...createClients({ http, clock, warn }), ...kept]),
  };
  return withContracts(clients, parts);
};
