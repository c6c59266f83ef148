import type { Part } from '../../contracts/part.ts';
import { postgresCauses } from './causes.ts';
import { postgresImage } from './image.ts';
import { sqlOffer } from './offers.ts';
import { postgresProbes } from './probes.ts';
import { postgresSecret } from './secrets.ts';
import { postgresSection, wantedPostgres } from './section.ts';
import { postgres } from './service.ts';

export const postgresPart: Part = {
  name: 'postgres',
  section: postgresSection,
  images: { postgres: postgresImage },
  timed: ['postgres'],
  limited: ['postgres'],
  causes: postgresCauses,
  probes: postgresProbes,
  offers: (config) => {
    const wanted = wantedPostgres(config);
    return wanted === undefined ? {} : { sql: sqlOffer(wanted) };
  },
  contribute: (config) => {
    const wanted = wantedPostgres(config);
    return wanted === undefined ? {} : { nodes: [postgres(config, wanted)], secrets: [postgresSecret(wanted.user)] };
  },
  players: async () => (await import('./players.ts')).postgresPlayers,
};
