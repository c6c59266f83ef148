/**
 * The servers that another process of ours runs (`up`, `up --stay`), or that nobody runs at the moment: looked at as they
 * are. It starts, stops and writes nothing; a service runs where its place answers.
 */
import { join } from 'node:path';
import type { Engine, EngineSession, PlayedService } from '../../contracts/engine.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import type { ServiceNode } from '../../stack/stack.ts';
import { fingerprintOf } from './fingerprint.ts';
import { endpointKey, type LoopbackPorts, portTrouble, readPorts } from './loopback-ports.ts';
import type { EmbeddedEngineOptions } from './options.ts';
import { openRecords } from './records.ts';
import { runningAddresses } from './running-addresses.ts';

export interface BesideOptions {
  /** Absolute path of `.chatops/embedded`. */
  readonly dir: string;
  readonly why: string;
  /** Another process of ours is at work on the stack. */
  readonly running: boolean;
  /** Who plays which role; the others run by name only. */
  readonly players: EmbeddedEngineOptions['players'];
}

const onlyLooks = (): never => {
  throw new ChatopsError('INTERNAL', { what: 'servers of another process cannot be started or stopped' });
};

const isTaken = async (port: number): Promise<boolean> => (await portTrouble(port)) === 'EADDRINUSE';

/** By the first of its ports: the others belong to the same server. */
const runs = async (
  { name, role, container }: ServiceNode,
  ports: LoopbackPorts,
  isPlayed: (role: string) => boolean,
): Promise<boolean> => {
  const [port] = container.listens;
  if (port === undefined || !isPlayed(role)) return true;
  const own = ports[endpointKey(name, port)];
  return own !== undefined && isTaken(own);
};

export const createBesideEngine = (options: BesideOptions): Engine => {
  const { dir, why } = options;
  const open = async (): Promise<EngineSession> => {
    const isPlayed = (role: string): boolean => options.players.roles[role] !== undefined;
    const ports = readPorts(join(dir, 'places.json'));
    const records = openRecords(join(dir, 'services.json')).all();
    const running = new Map<string, boolean>();
    for (const service of records) running.set(service.name, options.running && (await runs(service, ports, isPlayed)));
    const played = (): readonly PlayedService[] =>
      records
        .filter(({ name, role }) => running.get(name) === true && isPlayed(role))
        .map(({ name }) => ({ service: name, by: 'stand-in' }));
    return {
      addresses: runningAddresses(ports),
      fingerprint: fingerprintOf,
      observe: async () =>
        new Map(
          records.map((service) => [
            service.name,
            {
              name: service.name,
              running: running.get(service.name) === true,
              fingerprint: fingerprintOf(service),
              usable: service.usable,
            },
          ]),
        ),
      start: async () => onlyLooks(),
      wake: async (name) => running.get(name) === true,
      remove: async () => onlyLooks(),
      crashed: () => new Promise<string>(() => undefined),
      played,
      close: async () => undefined,
    };
  };
  return {
    kind: 'embedded',
    why,
    data: '',
    can: { endsWithUs: false, network: false, rehearses: true },
    preflight: async () => [],
    down: async () => onlyLooks(),
    open,
  };
};
