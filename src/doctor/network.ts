/** Asks every service that has a container, at once, whom it reaches; what that means is decided elsewhere. */

import type { EngineSession, ReachAnswer } from '../contracts/engine.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { ServiceNode } from '../stack/stack.ts';
import { diagnose, type NetworkDiagnosis } from './diagnosis.ts';
import { questionsFor } from './forbidden.ts';
import type { Networked } from './seen.ts';

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
  const answers = await Promise.all(
    running.map(async ({ name }): Promise<readonly [string, ReachAnswer]> => {
      const questions = questionsFor(name, networked, presences);
      return [name, await network.reach(name, questions, signal)];
    }),
  );
  return diagnose(networked, { presences, answers: new Map(answers) });
};
