import type { ProbeKind } from '../../contracts/probe-kind.ts';
import { postgresAliveKind } from './probes/postgres-alive-kind.ts';
import { postgresKind } from './probes/postgres-kind.ts';
import { postgresReadyKind } from './probes/postgres-ready-kind.ts';

/** In the order in which help shows them. */
export const postgresProbes: readonly ProbeKind[] = [postgresKind, postgresAliveKind, postgresReadyKind];
