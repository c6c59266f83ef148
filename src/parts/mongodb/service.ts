import type { Config } from '../../config/config.ts';
import { imageNamed } from '../../config/named.ts';
import { sectionOf } from '../../config/section.ts';
import { DATABASE } from '../../contracts/sections/database.ts';
import type { Endpoint, ServiceNode } from '../../stack/stack.ts';
import { cpuFor } from './cpu.ts';
import { kernelFor } from './kernel.ts';
import { withKeyFile } from './key-file.ts';
import { MONGO_PORT, mongoMembers } from './members.ts';
import type { MongoSpec } from './probes/mongo.ts';
import type { MongoAliveSpec } from './probes/mongo-alive.ts';
import type { MongoReadySpec } from './probes/mongo-ready.ts';
import { MONGO_KEY } from './secret-names.ts';

const BECOMES_ITS_USER = 'its image gives the data to user 999 as it starts, and then becomes it';

/**
 * `--bind_ip_all`: a mongod binds to the loopback only, unless asked. With a key file it wants a login for everything but
 * `hello`. No credentials of the image's own: with them it would first run a temporary server.
 * No gate waits for the set: one that is not initiated counts as usable, or the set could never form.
 */
const member = (config: Config, endpoint: Endpoint): ServiceNode => ({
  kind: 'service',
  name: endpoint.service,
  role: 'mongo',
  gates: [],
  alive: { what: 'mongo-alive', endpoint } satisfies MongoAliveSpec,
  ready: { what: 'mongo-ready', endpoint } satisfies MongoReadySpec,
  usable: { what: 'mongo', endpoint } satisfies MongoSpec,
  readyWithinMs: 120_000,
  keepsItsPort: true,
  keepsData: true,
  calls: mongoMembers(config).map((to) => ({ to, because: `both are members of ${sectionOf(config, DATABASE).set}` })),
  needs: {
    memoryGib: 0.5,
    imageGib: 1,
    ...cpuFor(imageNamed(config, 'mongo')),
    ...kernelFor(imageNamed(config, 'mongo')),
  },
  container: {
    image: imageNamed(config, 'mongo'),
    command: withKeyFile(['mongod', '--replSet', sectionOf(config, DATABASE).set, '--bind_ip_all']),
    environment: { [MONGO_KEY]: { secret: MONGO_KEY } },
    listens: [MONGO_PORT],
    publishes: {},
    volumes: [{ source: `${endpoint.service}-data`, target: '/data/db', readOnly: false }],
    aliases: [],
    allows: [
      { what: 'user', because: BECOMES_ITS_USER },
      {
        what: 'capabilities',
        which: ['CHOWN', 'DAC_OVERRIDE', 'SETGID', 'SETUID'],
        because: BECOMES_ITS_USER,
      },
      {
        what: 'writes',
        because: 'its socket stands beside its data, and where else it writes could not be tried here',
      },
    ],
    // A thread for each connection.
    // Its cache takes half of what is left of the limit over 1 GiB, 256 MiB at least: it reads the limit of its container
    // (mongodb.com/docs/manual/reference/configuration-options, storage.wiredTiger.engineConfig.cacheSizeGB; SERVER-60412).
    most: { memoryMib: 2048, cpus: 2 },
    mostProcesses: 4096,
    stopGraceS: 30,
    runsAs: '999',
  },
});

/** One service a member, each with its own volume. */
export const mongodb = (config: Config): readonly ServiceNode[] =>
  mongoMembers(config).map((endpoint) => member(config, endpoint));
