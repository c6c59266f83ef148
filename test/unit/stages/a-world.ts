import type { Engine, EngineSession } from '../../../src/contracts/engine.ts';
import type { Event } from '../../../src/contracts/event-sink.ts';
import type { Files } from '../../../src/contracts/files.ts';
import { clientsOf, type Ports } from '../../../src/contracts/ports.ts';
import type { ServiceNode, Stack } from '../../../src/stack/stack.ts';
import type { Desired, World } from '../../../src/stages/world.ts';
import { PROBE_KINDS } from '../../../src/wiring/probe-kinds.ts';
import { aConfig } from '../../builders/config.ts';
import { createFakeSession } from '../../fakes/fake-session.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { house } from '../../helpers/pieces.ts';

export const aDesired = (nodes: Stack['nodes'], rest: Partial<Desired> = {}): Desired => ({
  config: aConfig(),
  house,
  stack: { nodes, hosts: [], publicUrls: { chat: 'http://chat' }, offers: {} } as unknown as Stack,
  files: [],
  warnings: [],
  notes: [],
  judge: () => [],
  ...rest,
});

export interface TestWorld extends World {
  readonly reported: Event[];
  /** Path → text of what was written. */
  readonly written: Map<string, string>;
  readonly session: ReturnType<typeof createFakeSession>;
  /** In order: what was asked of the engine, and what was put into the journal. */
  readonly log: string[];
}

const absent = (): never => {
  throw new Error('nobody should ask for this');
};

export const aWorld = ({
  onDisk = {},
  cautions = [],
  network = true,
  inside,
}: {
  readonly onDisk?: Readonly<Record<string, string>>;
  readonly cautions?: readonly string[];
  readonly network?: boolean;
  readonly inside?: NonNullable<EngineSession['inside']>;
} = {}): TestWorld => {
  const session = createFakeSession();
  const reported: Event[] = [];
  const log: string[] = [];
  const written = new Map<string, string>();
  const clock = createVirtualClock();
  const engine: Engine = {
    kind: 'test',
    why: 'a test says so',
    can: { endsWithUs: false, network },
    data: '',
    preflight: async () => {
      log.push('preflight');
      return cautions;
    },
    down: async () => undefined,
    open: async () => {
      log.push('open');
      return inside ? { ...session, inside } : session;
    },
  };
  return {
    session,
    reported,
    written,
    log,
    engine,
    clock,
    probes: PROBE_KINDS,
    files: {
      read: async (path: string) => onDisk[path],
      write: async (path: string, text: string) => void written.set(path, text),
    } as unknown as Files,
    secrets: { read: absent },
    portsFor: () => ({ proofs: { read: async () => undefined }, client: clientsOf([]) }) as unknown as Ports,
    createJob: absent,
    events: { emit: (event) => void reported.push(event) },
    journal: { append: ({ node }) => void log.push(`journal ${node}`) },
    signal: new AbortController().signal,
  };
};

export const proberOf = (service: ServiceNode): ServiceNode => ({ ...service, reachesInside: true });
