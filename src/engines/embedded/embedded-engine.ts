/**
 * The engine that needs nothing: every server of the stack is played in this process by a stand-in that speaks its
 * wire protocol on a loopback port, or by the real program where one is at hand. State is on disk; a later run meets it.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../contracts/engine.ts';
import { servicesOf } from '../../stack/services-of.ts';
import type { ServiceNode } from '../../stack/stack.ts';
import { createBesideEngine } from './beside-engine.ts';
import { assignPorts, endpointKey, type LoopbackPorts, readPorts, writePorts } from './loopback-ports.ts';
import type { EmbeddedEngineOptions } from './options.ts';
import { openRecords } from './records.ts';
import { createSession } from './session.ts';
import { requirePorts, type WantedPort } from './taken-ports.ts';

export type { EmbeddedEngineOptions } from './options.ts';

/** Those that chatops.yaml chose, and those that others know it by. */
const portsOf = (
  { name, container, keepsItsPort }: ServiceNode,
  ports: LoopbackPorts,
  keyOf: EmbeddedEngineOptions['portKey'],
): readonly WantedPort[] => {
  const published = container.listens.flatMap((port) => container.publishes[port] ?? []);
  const kept = keepsItsPort ? container.listens.flatMap((port) => ports[endpointKey(name, port)] ?? []) : [];
  return [
    ...published.map((port) => ({ port, service: name, isPublished: true, key: keyOf?.(port) })),
    ...kept.filter((port) => !published.includes(port)).map((port) => ({ port, service: name, isPublished: false })),
  ];
};

export const createEmbeddedEngine = (options: EmbeddedEngineOptions): Engine => {
  const placesFile = join(options.dir, 'places.json');
  return {
    kind: 'embedded',
    why: options.why,
    can: { endsWithUs: true, network: false, rehearses: true },
    data: 'users, rooms, messages, projects, hooks and the runner of the embedded servers',
    // Its servers live only while a command runs: there is nothing to stop, only data to remove.
    down: async (_stack, { volumes }) => {
      if (volumes) rmSync(options.dir, { recursive: true, force: true });
    },
    beside: (running) =>
      createBesideEngine({
        dir: options.dir,
        why: options.why,
        running,
        players: options.players,
      }),
    preflight: async (stack) => {
      const ports = readPorts(placesFile);
      const wanted = servicesOf(stack)
        .filter(({ role }) => options.players.roles[role] !== undefined)
        .flatMap((service) => portsOf(service, ports, options.portKey));
      await requirePorts([...new Map(wanted.map((each) => [each.port, each])).values()]);
      return [];
    },
    open: async (stack) => {
      mkdirSync(options.dir, { recursive: true });
      const records = openRecords(join(options.dir, 'services.json'));
      const services = servicesOf(stack);
      const left = records.all().filter((record) => !services.some(({ name }) => name === record.name));
      for (const { name } of [...left, ...services]) mkdirSync(join(options.dir, name), { recursive: true });
      const ports = await assignPorts([...left, ...services], readPorts(placesFile));
      writePorts(placesFile, ports);
      return createSession(stack, ports, records, options);
    },
  };
};
