/** The visible table of contracts: what the graph refers to → which part implements it, over the clients of this run. */
import type { Ports } from '../contracts/ports.ts';
import { createForgeOf } from '../parts/gitlab/forge.ts';

/** Everything that the implementations stand on. */
export type Clients = Omit<Ports, 'forge'>;

export const withContracts = (clients: Clients): Ports => ({ ...clients, forge: createForgeOf(clients) });
