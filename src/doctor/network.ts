/** Asks every service that has a container, a few at a time, whom it reaches; what that means is decided elsewhere. */

import type { EngineSession, ReachAnswer } from '../contracts/engine.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { ServiceNode } from '../stack/stack.ts';
import { diagnose, type NetworkDiagnosis } from './diagnosis.ts';
import { questionsFor } from './forbidden.ts';
import type { Networked } from './seen.ts';

/**
 * Each starts a program in a container. All at once keep a small machine so busy that none ends in its time, which looks
 * like a network that is broken.
 */
const AT_ONCE = 3;

/** @throws ChatopsError ENGINE_UNAVAILABLE where services share no network, and what the engine throws */
export const diagnoseNetwork = async (
  networked: Networked,
  { network }: Pick<EngineSession, 'network'>,
  signal: AbortSignal,
): Promise<NetworkDiagnosis> => {
  if (!network) {
    throw new ChatopsError('ENGINE_UNAVAILABLE', {
      what: 'the embedded engine has no network to look at',
      why: 'its servers are parts of one process and talk over its loopback ports',
      next: '`chatops-up status` says which of them answer; for containers add --engine docker',
    });
  }
  const presences = await network.presences();
  const running = networked.nodes.filter(
    (node): node is ServiceNode => node.kind === 'service' && presences.get(node.name)?.running === true,
  );
  const answers = new Map<string, ReachAnswer>();
  const left = [...running];
  const askNext = async (): Promise<void> => {
    for (let node = left.shift(); node !== undefined; node = left.shift()) {
      const questions = questionsFor(node.name, networked, presences);
      answers.set(node.name, await network.reach(node.name, questions, signal));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, askNext));
  return diagnose(networked, { presences, answers });
};
