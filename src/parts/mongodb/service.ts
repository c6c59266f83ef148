import type { Config } from '../../config/config.ts';
import { mongoMembers, PORTS } from '../../stack/names.ts';
import type { Endpoint, ServiceNode } from '../../stack/stack.ts';
import { cpuFor } from './cpu.ts';
import type { MongoSpec } from './probes/mongo.ts';

/**
 * `--bind_ip_all`: a mongod binds to the loopback only, unless told. No user and no password: the set is reachable
 * inside the stack's network alone, and with root credentials the image would first run a temporary server.
 * A member's readiness must not wait for a PRIMARY, or the set could never form.
 */
const member = (config: Config, endpoint: Endpoint): ServiceNode => ({
  kind: 'service',
  name: endpoint.service,
  role: 'mongo',
  gates: [],
  ready: { what: 'mongo', endpoint } satisfies MongoSpec,
  readyWithinMs: 120_000,
  keepsItsPort: true,
  keepsData: true,
  calls: mongoMembers(config).map((to) => ({ to, because: `both are members of ${config.mongo.set}` })),
  needs: { memoryGib: 0.5, imageGib: 1, ...cpuFor(config.images.mongo) },
  container: {
    image: config.images.mongo,
    command: ['mongod', '--replSet', config.mongo.set, '--bind_ip_all'],
    environment: {},
    listens: [PORTS.mongo],
    publishes: {},
    volumes: [{ source: `${endpoint.service}-data`, target: '/data/db', readOnly: false }],
    aliases: [],
    stopGraceS: 30,
    runsAs: '999',
  },
});

/** One service a member, each with its own volume. */
export const mongodb = (config: Config): readonly ServiceNode[] =>
  mongoMembers(config).map((endpoint) => member(config, endpoint));
