import type { Decision } from '../../../contracts/job.ts';
import type { SetupChange } from './change.ts';

export type PartDecision = Decision<SetupChange>;

export const joined = (parts: readonly PartDecision[]): PartDecision => ({
  changes: parts.flatMap(({ changes }) => changes),
  conflicts: parts.flatMap(({ conflicts }) => conflicts),
  warnings: parts.flatMap(({ warnings }) => warnings),
});
