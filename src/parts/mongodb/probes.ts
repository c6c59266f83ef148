import type { ProbeKind } from '../../contracts/probe-kind.ts';
import { mongoAliveKind } from './probes/mongo-alive-kind.ts';
import { mongoKind } from './probes/mongo-kind.ts';
import { mongoReadyKind } from './probes/mongo-ready-kind.ts';
import { replicaSetKind } from './probes/replica-set-kind.ts';

/** In the order in which help shows them. */
export const mongodbProbes: readonly ProbeKind[] = [mongoKind, mongoAliveKind, mongoReadyKind, replicaSetKind];
