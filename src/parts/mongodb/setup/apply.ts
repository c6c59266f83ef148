/** One step, one call. The server may have moved on: then the step is stale and everything is looked at again. */

import { StaleDecision } from '../../../contracts/job.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { isRefusal, type MongoNode, type MongoPort, type RefusalReason } from '../mongo.ts';
import { parseAddress } from './address.ts';
import type { ReplicaSetChange, Step } from './step.ts';

/** A reconfiguration waits for the last one to reach a majority, a step-down for a secondary to catch up. */
const CALL_TIMEOUT_MS = 15_000;
const COMMIT_WITHIN_MS = 10_000;
/** Long enough for another member to be elected and for ours to leave. */
const STEP_DOWN_SECONDS = 60;

/** "No" because of something newer than what was observed. 23 is not success: the config has to be compared. */
const STALE: readonly RefusalReason[] = [
  'already-initialized',
  'config-incompatible',
  'config-in-progress',
  'config-not-committed',
  'node-not-found',
  'not-primary',
  'interrupted',
  'timed-out',
];

const call = (node: MongoNode, step: Step): Promise<void> => {
  if (step.call === 'initiate') return node.initiate(step.config);
  if (step.call === 'reconfigure') return node.reconfigure(step.config, COMMIT_WITHIN_MS);
  return node.stepDown(STEP_DOWN_SECONDS);
};

/**
 * @throws StaleDecision also when the answer was lost: whether it was done shows at the next look
 * @throws MongoRefusal invalid-config, node-holds-data, not-electable, unauthorized
 */
export const applyChange = async ({ step }: ReplicaSetChange, mongo: MongoPort, signal: AbortSignal): Promise<void> => {
  try {
    await mongo.visit(parseAddress(step.at), (node) => call(node, step), { timeoutMs: CALL_TIMEOUT_MS, signal });
  } catch (thrown) {
    signal.throwIfAborted();
    const lost = thrown instanceof ChatopsError && thrown.code === 'UNREACHABLE';
    if (lost || isRefusal(thrown, ...STALE)) throw new StaleDecision(thrown.message, thrown);
    throw thrown;
  }
};
