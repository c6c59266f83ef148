import type { Config } from '../../config/config.ts';
import { imageNamed } from '../../config/named.ts';
import type { ServiceNode } from '../../stack/stack.ts';
import { dataFolderOf } from './image.ts';
import { sqlOffer } from './offers.ts';
import type { PostgresSpec } from './probes/postgres.ts';
import type { PostgresAliveSpec } from './probes/postgres-alive.ts';
import type { PostgresReadySpec } from './probes/postgres-ready.ts';
import type { PostgresConfig } from './section.ts';

const BECOMES_ITS_USER = 'its image gives the data to its user as it starts, and then becomes it';

/**
 * While its image makes the data, a server runs that listens on a socket only (docker-library/postgres,
 * docker-entrypoint.sh): nobody takes it for the lasting one. It is asked by its name: from its own loopback the image
 * lets everybody in without a password.
 */
export const postgres = (config: Config, wanted: PostgresConfig): ServiceNode => {
  const { endpoint, account, database } = sqlOffer(wanted);
  return {
    kind: 'service',
    name: endpoint.service,
    role: 'postgres',
    gates: [],
    alive: { what: 'postgres-alive', endpoint } satisfies PostgresAliveSpec,
    ready: { what: 'postgres-ready', endpoint } satisfies PostgresReadySpec,
    usable: { what: 'postgres', endpoint, database, account } satisfies PostgresSpec,
    readyWithinMs: 120_000,
    keepsData: true,
    needs: {
      memoryGib: 0.25,
      imageGib: 1,
      spared: 'leave the database out: take `postgres` out of chatops.yaml',
    },
    container: {
      image: imageNamed(config, 'postgres'),
      environment: {
        POSTGRES_USER: account.username,
        POSTGRES_PASSWORD: { secret: account.password },
        POSTGRES_DB: database,
        // Sorted by bytes, alike under every C library: an index would break with the next base of the image.
        POSTGRES_INITDB_ARGS: '--encoding=UTF8 --no-locale',
      },
      listens: [endpoint.port],
      publishes: {},
      volumes: [
        {
          source: `${endpoint.service}-data`,
          target: dataFolderOf(imageNamed(config, 'postgres')),
          readOnly: false,
        },
      ],
      aliases: [],
      // "/dev/shm" of 64 MB is too little for parallel queries (docker-library/postgres, README, "Caveats").
      shmSizeMb: 256,
      // Its shared buffers take 128 MiB, each connection some more.
      most: { memoryMib: 1024, cpus: 2 },
      allows: [
        { what: 'user', because: BECOMES_ITS_USER },
        { what: 'capabilities', which: ['CHOWN', 'DAC_OVERRIDE', 'SETGID', 'SETUID'], because: BECOMES_ITS_USER },
        {
          what: 'writes',
          because: 'its socket stands in /var/run/postgresql, and where else it writes could not be tried here',
        },
      ],
      // A process for each connection, of which it takes a hundred.
      mostProcesses: 512,
      // SIGTERM waits for its clients; what is killed replays its log at the next start.
      stopGraceS: 30,
      runsAs: '999',
    },
  };
};
