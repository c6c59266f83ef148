/** Which loopback port plays which port of which service: chosen once, kept on disk, so that names in state stay true. */

import { renameSync, writeFileSync } from 'node:fs';
import { portTrouble as portTroubleAt } from '../../adapters/port-trouble.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import type { ServiceNode } from '../../stack/stack.ts';
import { LOOPBACK } from '../../values/bind-address.ts';
import { isRecord } from '../../values/shape.ts';
import { readStateFile } from './read-state-file.ts';

interface Range {
  readonly first: number;
  readonly last: number;
}

/** Below the ephemeral ranges of Linux (32768) and macOS (49152), so that no outgoing connection takes one. */
const ANY: Range = { first: 26_000, last: 31_999 };
/** Of services that are known by their address (members of a replica set): a range of their own, so that nothing else of ours takes one while they are down. */
const MEMBERS: Range = { first: 20_000, last: 25_999 };

/** `service:port` → loopback port. */
export type LoopbackPorts = Readonly<Record<string, number>>;

export const endpointKey = (service: string, port: number): string => `${service}:${port}`;

/** On the loopback address, where its servers listen. */
export const portTrouble = (port: number): Promise<string | undefined> => portTroubleAt(port, LOOPBACK);

const freePort = async ({ first, last }: Range, taken: ReadonlySet<number>): Promise<number> => {
  const count = last - first + 1;
  const start = Math.floor(Math.random() * count);
  for (let offset = 0; offset < count; offset += 1) {
    const port = first + ((start + offset) % count);
    if (!taken.has(port) && (await portTrouble(port)) === undefined) return port;
  }
  throw new ChatopsError('PORT_TAKEN', { what: `no free port between ${first} and ${last}` });
};

const LARGEST_PORT = 65_535;

export const isPort = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) > 0 && Number(value) <= LARGEST_PORT;

const arePorts = (value: unknown): value is LoopbackPorts => isRecord(value) && Object.values(value).every(isPort);

/** @throws ChatopsError STATE_DAMAGED */
export const readPorts = (path: string): LoopbackPorts => readStateFile(path, arePorts) ?? {};

/** What was chosen before, unless another program has taken it meanwhile. */
const keptPort = async (service: ServiceNode, port: number | undefined): Promise<number | undefined> =>
  port !== undefined && (service.keepsItsPort || (await portTrouble(port)) === undefined) ? port : undefined;

/** Published ports stand as chatops.yaml has them; the others keep what they had where they can, or get a free one. */
export const assignPorts = async (services: readonly ServiceNode[], known: LoopbackPorts): Promise<LoopbackPorts> => {
  const ports: Record<string, number> = { ...known };
  const taken = new Set(Object.values(known));
  for (const service of services) {
    const range = service.keepsItsPort ? MEMBERS : ANY;
    for (const port of service.container.listens) {
      const key = endpointKey(service.name, port);
      const published = service.container.publishes[port];
      ports[key] = published ?? (await keptPort(service, ports[key])) ?? (await freePort(range, taken));
      taken.add(ports[key]);
    }
  }
  return ports;
};

export const writePorts = (path: string, ports: LoopbackPorts): void => {
  writeFileSync(`${path}.new`, `${JSON.stringify(ports, null, 2)}\n`);
  renameSync(`${path}.new`, path);
};
