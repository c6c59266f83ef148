import type { Part } from '../../contracts/part.ts';
import { bundlesMongo } from '../../stack/variation.ts';
import { mongodbSecrets } from './accounts.ts';
import { mongodbCauses } from './causes.ts';
import { mongoAliveKind } from './probes/mongo-alive-kind.ts';
import { mongoKind } from './probes/mongo-kind.ts';
import { mongoReadyKind } from './probes/mongo-ready-kind.ts';
import { replicaSetKind } from './probes/replica-set-kind.ts';
import { mongodb } from './service.ts';
import { mongoReplicaSet } from './setup-node.ts';

export const mongodbPart: Part = {
  name: 'mongodb',
  causes: mongodbCauses,
  contribute: (config) =>
    bundlesMongo(config)
      ? { nodes: [...mongodb(config), mongoReplicaSet(config)], secrets: mongodbSecrets(config) }
      : {},
  players: async () => (await import('./players.ts')).mongodbPlayers,
  jobs: async () => ({ 'mongo-replica-set': (await import('./setup/job.ts')).createReplicaSetJob }),
  probes: [mongoKind, mongoAliveKind, mongoReadyKind, replicaSetKind],
  checks: async () => (await import('./checks.ts')).mongodbChecks,
};
