/** One step, one call. The server may have moved on: then the step is stale and everything is looked at again. */

import { StaleDecision } from '../../../contracts/job.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { isRefusal, type MongoNode, type MongoPort, type RefusalReason } from '../mongo.ts';
import { parseAddress } from './address.ts';
import type { ReplicaSetChange, Step, UserStep } from './step.ts';
import type { KnownUser } from './users/observe.ts';

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
  'no-user',
  'user-exists',
];

const callForUser = (node: MongoNode, { call, user }: UserStep, users: readonly KnownUser[]): Promise<void> => {
  const known = users.find(({ name }) => name === user);
  if (known === undefined) throw new ChatopsError('INTERNAL', { what: `nobody has said what ${user} may do` });
  return call === 'create-user' ? node.createUser(user, known) : node.updateUser(user, known);
};

const call = (node: MongoNode, step: Step, users: readonly KnownUser[]): Promise<void> => {
  if (step.call === 'initiate') return node.initiate(step.config);
  if (step.call === 'reconfigure') return node.reconfigure(step.config, COMMIT_WITHIN_MS);
  if (step.call === 'step-down') return node.stepDown(STEP_DOWN_SECONDS);
  return callForUser(node, step, users);
};

/**
 * @throws StaleDecision also when the answer was lost: whether it was done shows at the next look
 * @throws MongoRefusal invalid-config, node-holds-data, not-electable, unauthorized
 */
export const applyChange = async (
  { step }: ReplicaSetChange,
  mongo: MongoPort,
  signal: AbortSignal,
  users: readonly KnownUser[] = [],
): Promise<void> => {
  try {
    await mongo.visit(parseAddress(step.at), (node) => call(node, step, users), { timeoutMs: CALL_TIMEOUT_MS, signal });
  } catch (thrown) {
    signal.throwIfAborted();
    const lost = thrown instanceof ChatopsError && thrown.code === 'UNREACHABLE';
    if (lost || isRefusal(thrown, ...STALE)) throw new StaleDecision(thrown.message, thrown);
    throw thrown;
  }
};
