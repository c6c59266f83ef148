import { refusal } from '../errors.ts';
import { isElectable } from './config.ts';
import { standDown } from './elections.ts';
import { type Node, type Peer, PRIMARY, SECONDARY } from './node.ts';
import { patienceMs, realSpan } from './timing.ts';

export interface StepDownOptions {
  /** Simulated ms in which this node does not stand for election. */
  readonly forMs: number;
  readonly catchUpMs: number;
  readonly force: boolean;
}

/** Electable members that are up and have everything, the highest priority first. */
const successors = (node: Node): Peer[] =>
  [...node.peers.values()]
    .filter((peer) => peer.up && peer.state === SECONDARY && isElectable(peer.member))
    .filter((peer) => peer.matched >= node.journal.last().index)
    .sort((a, b) => b.member.priority - a.member.priority);

/** @throws CommandError 10107 when not primary, 262 when no electable member has caught up */
export const stepDown = async (node: Node, options: StepDownOptions): Promise<void> => {
  const requirePrimary = () => {
    if (node.state !== PRIMARY) throw refusal('NotWritablePrimary', "not primary so can't step down");
  };
  requirePrimary();
  const wait = patienceMs(node.time, options.catchUpMs);
  await node.condition.until(() => successors(node).length > 0 || node.state !== PRIMARY, wait);
  requirePrimary();
  const [successor] = successors(node);
  if (successor === undefined && !options.force)
    throw refusal(
      'ExceededTimeLimit',
      `No electable secondaries caught up as of ${new Date(node.time.now()).toISOString()}. ` +
        'Please use the replSetStepDown command with the argument {force: true} to force node to step down.',
    );
  node.frozenUntil = node.time.now() + options.forMs;
  standDown(node);
  // Election handoff: the best one need not wait for the election timeout.
  if (successor)
    await successor.link
      .call({ replSetStepUp: 1, skipDryRun: true }, realSpan(node.time, 10_000, 1_000))
      .catch(() => undefined);
};
