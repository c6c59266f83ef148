import type { Part } from '../../contracts/part.ts';
import { bundlesDatabase } from '../../stack/variation.ts';
import { mongodbSecrets } from './accounts.ts';
import { mongodbCauses } from './causes.ts';
import { mongoImage } from './image.ts';
import { mongodbProbes } from './probes.ts';
import { mongodbRules } from './rules.ts';
import { mongoSection } from './section.ts';
import { mongodb } from './service.ts';
import { databaseOffer, mongoReplicaSet } from './setup-node.ts';

export const mongodbPart: Part = {
  name: 'mongodb',
  section: mongoSection,
  rules: mongodbRules,
  images: { mongo: mongoImage },
  timed: ['mongo', 'mongo-replica-set'],
  limited: ['mongo'],
  causes: mongodbCauses,
  offers: (config) => (bundlesDatabase(config) ? { database: databaseOffer(config) } : {}),
  contribute: (config) =>
    bundlesDatabase(config)
      ? { nodes: [...mongodb(config), mongoReplicaSet(config)], secrets: mongodbSecrets(config) }
      : {},
  players: async () => (await import('./players.ts')).mongodbPlayers,
  jobs: async () => ({ 'mongo-replica-set': (await import('./setup/job.ts')).createReplicaSetJob }),
  probes: mongodbProbes,
  checks: async () => (await import('./checks.ts')).mongodbChecks,
};
