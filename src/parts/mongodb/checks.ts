import type { Checks } from '../../contracts/check.ts';
import { replicaSetChecks } from './checks/replica-set.ts';

export const mongodbChecks: Checks = { starting: [replicaSetChecks] };
