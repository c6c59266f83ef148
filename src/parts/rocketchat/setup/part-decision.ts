import type { Decision } from '../../../contracts/job.ts';
import type { SetupChange } from './change.ts';

/** What one of the files that decide comes to. */
export type PartDecision = Omit<Decision<SetupChange>, 'more'>;
