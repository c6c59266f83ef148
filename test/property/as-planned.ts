/** A run of a job held against what its plan showed: the same changes, or the conflicts that were shown and nothing else. */
import { expect } from 'vitest';
import type { Decision } from '../../src/contracts/job.ts';
import type { JobOutcome } from '../../src/engine/run-job.ts';
import { ChatopsError } from '../../src/errors/chatops-error.ts';
import { changeLines } from '../builders/gitlab-jobs.ts';

/** Resolves to whether it was carried out; false: a conflict, as shown. */
export const endsAsPlanned = async (plan: Decision, running: Promise<JobOutcome>): Promise<boolean> => {
  const outcome = await running.catch((thrown: unknown) => thrown);
  if (outcome instanceof Error) {
    expect(outcome).toBeInstanceOf(ChatopsError);
    const { code } = outcome as ChatopsError;
    expect({ code, shown: plan.conflicts.length > 0 }).toEqual({ code: 'CONFLICT', shown: true });
    return false;
  }
  expect(changeLines(outcome as JobOutcome).toSorted()).toEqual(changeLines(plan).toSorted());
  expect(plan.conflicts).toEqual([]);
  return true;
};
