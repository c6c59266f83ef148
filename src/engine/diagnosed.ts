/** What the engine knows of a node that failed, asked once and for a short time: a diagnosis must not cost a deadline. */

import type { Clock } from '../contracts/clock.ts';
import type { Diagnosis } from '../contracts/diagnosis.ts';
import type { EngineSession } from '../contracts/engine.ts';
import type { ChatopsError } from '../errors/chatops-error.ts';
import type { StackNode } from '../stack/stack.ts';

const WITHIN_MS = 750;

export interface DiagnosedDeps {
  readonly session: Pick<EngineSession, 'diagnose'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Undefined when the engine knows nothing, cannot tell, or the run was interrupted. Never rejects. */
export const diagnosed = async (
  node: StackNode,
  error: ChatopsError,
  { session, clock, signal }: DiagnosedDeps,
): Promise<Diagnosis | undefined> => {
  if (!session.diagnose || signal.aborted) return undefined;
  const answered = new AbortController();
  const late = clock.sleep(WITHIN_MS, AbortSignal.any([answered.signal, signal])).then(() => undefined);
  try {
    return await Promise.race([session.diagnose(node, error), late]);
  } catch {
    // The failure itself is reported; what could not be learned about it is no second one.
    return undefined;
  } finally {
    answered.abort();
    late.catch(() => undefined);
  }
};
