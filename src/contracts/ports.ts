import { ChatopsError } from '../errors/chatops-error.ts';
import type { Addresses } from './addresses.ts';
import type { ChatOf } from './chat.ts';
import type { Clock } from './clock.ts';
import type { ForgeOf } from './forge.ts';
import type { HookPlaces } from './hook-places.ts';
import type { Http } from './http.ts';
import type { ProofStore } from './proofs.ts';
import type { ReceiverOf } from './receiver.ts';
import type { Secrets } from './secrets.ts';
import type { Tcp } from './tcp.ts';

/** Everything probes and jobs may ask of the world. */
export interface Ports {
  readonly addresses: Addresses;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly tcp: Tcp;
  readonly http: Http;
  readonly chat: ChatOf;
  readonly forge: ForgeOf;
  readonly receiver: ReceiverOf;
  readonly proofs: ProofStore;
  readonly hookPlaces: HookPlaces;
  /** A short random word for proofs: lower-case letters. */
  readonly randomWord: () => string;
  /** What a part speaks to its own server or keeps its own things with. @throws ChatopsError INTERNAL for an unknown one */
  readonly client: ClientOf;
}

export type ClientOf = <T>(key: ClientKey<T>) => T;

/** What a client is asked for by. A part exports its own, so that nobody else needs to know which there are. */
export interface ClientKey<T> {
  readonly name: string;
  /** Never set: it carries the type. */
  readonly type?: T;
}

export const clientKey = <T>(name: string): ClientKey<T> => ({ name });

export interface Provided {
  readonly key: ClientKey<unknown>;
  readonly client: unknown;
}

/** A client under its key: the compiler sees to it that they fit. */
export const provide = <T>(key: ClientKey<T>, client: T): Provided => ({ key, client });

const absent: ClientOf = ({ name }) => {
  throw new ChatopsError('INTERNAL', { what: `nobody has provided the client ${name}` });
};

/** @param others where every other client comes from. Default: there is none */
export const clientsOf = (provided: readonly Provided[], others: ClientOf = absent): ClientOf => {
  const table = new Map(provided.map(({ key, client }) => [key as ClientKey<unknown>, client]));
  // What was provided under a key is of its type.
  return <T>(key: ClientKey<T>): T => (table.has(key) ? (table.get(key) as T) : others(key));
};

/** The same ports, with these clients in place of theirs. */
export const withClients = <P extends Pick<Ports, 'client'>>(ports: P, ...provided: readonly Provided[]): P => ({
  ...ports,
  client: clientsOf(provided, ports.client),
});
