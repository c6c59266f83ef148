/**
 * The engine that needs nothing: every server of the stack is played in this process by a stand-in that speaks its
 * wire protocol on a loopback port, or by the real program where one is at hand. State is on disk; a later run meets it.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultRule, Ledger, RunningServer, ServerContext, ServerFactory } from '@chatops-up/standins';
import { createSimulatedTime } from '@chatops-up/standins';
import type { Addresses } from '../../contracts/addresses.ts';
import type { Engine, EngineSession, PlayedService } from '../../contracts/engine.ts';
import type { Secrets } from '../../contracts/secrets.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { servicesOf } from '../../stack/services-of.ts';
import type { EnvironmentValue, ServiceNode, Stack } from '../../stack/stack.ts';
import { createBesideEngine } from './beside-engine.ts';
import { fingerprintOf } from './fingerprint.ts';
import { assignPorts, endpointKey, type LoopbackPorts, readPorts, writePorts } from './loopback-ports.ts';
import { openRecords, type Records } from './records.ts';
import { fromStandin } from './stand-in-error.ts';
import { requirePorts, type WantedPort } from './taken-ports.ts';
import { addToLedgerFile } from './write-ledger.ts';

export interface EmbeddedEngineOptions {
  /** Absolute path of `.chatops/embedded`. */
  readonly dir: string;
  readonly why: string;
  readonly secrets: Secrets;
  /** Who plays which role; a role without a player is started by name only (nothing runs for it). */
  readonly players: Readonly<Record<string, ServerFactory>>;
  /** Role → name of the real program that plays it where it is found. Default: none. */
  readonly realPrograms?: Readonly<Record<string, string>>;
  /** A mounted file as the service sees it; what names places, rendered for loopback. */
  readonly fileFor: (stack: Stack, addresses: Addresses, path: string) => Promise<string | undefined>;
  /** The key of chatops.yaml that a published port stands under, for messages. Default: none is named. */
  readonly portKey?: (port: number) => string | undefined;
  /** Simulated ms per real ms. Default 200. */
  readonly speed?: number;
  /** Service → faults it starts with. */
  readonly faults?: Readonly<Record<string, readonly FaultRule[]>>;
}

interface Playing {
  readonly service: ServiceNode;
  readonly server: RunningServer | undefined;
  readonly started: Promise<void>;
}

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

const createAddresses = (ports: LoopbackPorts): Addresses => ({
  resolve: ({ service, port }) => {
    const own = ports[endpointKey(service, port)];
    if (own === undefined) {
      throw new ChatopsError('INTERNAL', { what: `nothing is placed at ${service}:${port}` });
    }
    return { host: '127.0.0.1', port: own };
  },
});

const environmentValue = (value: EnvironmentValue, secrets: Secrets): string => {
  if (typeof value === 'string') return value;
  const secret = secrets.read(value.secret).reveal();
  return value.text === undefined ? secret : value.text.replace('{}', () => secret);
};

const environmentOf = ({ container }: ServiceNode, secrets: Secrets): Record<string, string> =>
  Object.fromEntries(
    Object.entries(container.environment).map(([name, value]) => [name, environmentValue(value, secrets)]),
  );

const createSession = (
  stack: Stack,
  ports: LoopbackPorts,
  records: Records,
  options: EmbeddedEngineOptions,
): EngineSession => {
  const time = createSimulatedTime(options.speed);
  const addresses = createAddresses(ports);
  const playing = new Map<string, Playing>();
  /** Every ledger of this run, also of servers that were replaced or removed. */
  const ledgers = new Map<string, Ledger>();
  const aliases = new Map(
    servicesOf(stack).flatMap(({ name, container }) => container.aliases.map((alias) => [alias, name] as const)),
  );

  const placed = new Set(Object.values(ports));
  /** A place on the loopback is a name too: the one under which members of a replica set know each other here. */
  const lookup: ServerContext['lookup'] = (host, port) => {
    if (host === '127.0.0.1') return placed.has(port) ? { host, port } : undefined;
    const own = ports[endpointKey(aliases.get(host) ?? host, port)];
    return own === undefined ? undefined : { host: '127.0.0.1', port: own };
  };

  const contextOf = (service: ServiceNode): ServerContext => {
    const dir = join(options.dir, service.name);
    mkdirSync(dir, { recursive: true });
    return {
      service: service.name,
      role: service.role,
      dir,
      ports: Object.fromEntries(
        service.container.listens.map((port) => [port, addresses.resolve({ service: service.name, port }).port]),
      ),
      env: environmentOf(service, options.secrets),
      command: service.container.command ?? [],
      time,
      lookup,
      file: (path) => options.fileFor(stack, addresses, path),
    };
  };

  let closed = false;
  const play = async (service: ServiceNode): Promise<void> => {
    // Somebody who was still looking when another look failed; nobody would ever stop this server.
    if (closed) throw new ChatopsError('INTERRUPTED', { what: `${service.name} is not started any more` });
    try {
      const factory = options.players[service.role];
      const server = factory?.(contextOf(service));
      for (const rule of options.faults?.[service.name] ?? []) server?.faults?.add(rule);
      if (server?.ledger) ledgers.set(service.name, server.ledger);
      const started = server?.start() ?? Promise.resolve();
      playing.set(service.name, { service, server, started });
      await started;
    } catch (thrown) {
      throw fromStandin(thrown, options.realPrograms?.[service.role]);
    }
  };

  const halt = async (name: string): Promise<void> => {
    const found = playing.get(name);
    playing.delete(name);
    // A server stopped in the middle of its start would open its port afterwards.
    await found?.started.catch(() => undefined);
    await found?.server?.stop();
  };

  const played = (): readonly PlayedService[] =>
    [...playing.values()].flatMap(({ service, server }) =>
      server
        ? [{ service: service.name, by: server.played, ...(server.ledger ? { requests: server.ledger.totals() } : {}) }]
        : [],
    );

  return {
    addresses,
    fingerprint: fingerprintOf,
    observe: async () =>
      new Map(
        records.all().map((service) => [
          service.name,
          {
            name: service.name,
            running: playing.has(service.name),
            fingerprint: fingerprintOf(service),
            usable: service.usable,
          },
        ]),
      ),
    start: async (service) => {
      const running = playing.get(service.name);
      if (running && JSON.stringify(running.service) === JSON.stringify(service)) return;
      await halt(service.name);
      records.put(service);
      await play(service);
    },
    wake: async (name) => {
      const service = records.get(name);
      if (!service) return false;
      if (!playing.has(name)) await play(service);
      return true;
    },
    remove: async (name) => {
      await halt(name);
      records.delete(name);
    },
    crashed: (name) => playing.get(name)?.server?.crashed ?? new Promise<string>(() => undefined),
    played,
    close: async () => {
      closed = true;
      // In the reverse order of their start: nobody is left asking a server that has gone.
      for (const name of [...playing.keys()].reverse()) await halt(name);
      addToLedgerFile(join(options.dir, 'ledger.json'), ledgers);
    },
  };
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
        isPlayed: (role) => options.players[role] !== undefined,
      }),
    preflight: async (stack) => {
      const ports = readPorts(placesFile);
      const wanted = servicesOf(stack)
        .filter(({ role }) => options.players[role] !== undefined)
        .flatMap((service) => portsOf(service, ports, options.portKey));
      await requirePorts([...new Map(wanted.map((each) => [each.port, each])).values()]);
      return [];
    },
    open: async (stack) => {
      mkdirSync(options.dir, { recursive: true });
      const records = openRecords(join(options.dir, 'services.json'));
      const services = servicesOf(stack);
      const left = records.all().filter((record) => !services.some(({ name }) => name === record.name));
      const ports = await assignPorts([...left, ...services], readPorts(placesFile));
      writePorts(placesFile, ports);
      return createSession(stack, ports, records, options);
    },
  };
};
