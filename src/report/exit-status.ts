import { failures, type UpOutcome } from '../engine/outcome.ts';
import { EXIT } from '../errors/catalogue.ts';

/** 0 when every node was reached, 130 when the run was interrupted; else the status of the first failure that is not only a timeout, else 124. */
export const exitStatusOf = (outcome: Pick<UpOutcome, 'nodes' | 'interrupted'>): number => {
  if (outcome.interrupted) return outcome.interrupted.exitStatus;
  const statuses = failures(outcome).map(({ exitStatus }) => exitStatus);
  return statuses.find((status) => status !== EXIT.timedOut) ?? statuses[0] ?? EXIT.ok;
};
