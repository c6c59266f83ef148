import { ChatopsError } from '../errors/chatops-error.ts';
import type { CheckDeps } from './check.ts';
import type { ForgeRunner } from './forge-runners.ts';
import { forgeOf, requireForge } from './public-forge.ts';

/** The stack's runner as the forge has it, ready for work. @throws ChatopsError SERVICE_FAILED when it is missing or paused */
export const requireRunner = async (
  deps: Pick<CheckDeps, 'stack' | 'ports'>,
  signal: AbortSignal,
): Promise<ForgeRunner> => {
  const description = deps.stack.offers.runner?.description ?? '';
  const { title } = requireForge(deps).ref;
  const forge = forgeOf(deps);
  const alike = (await forge.listRunners({ kind: 'visible' }, signal)).filter(
    (runner) => runner.description === description,
  );
  // The newest, as `runner-registration` takes it.
  const id = Math.max(...alike.map((runner) => runner.id));
  const runner = alike.length === 0 ? undefined : await forge.showRunner(id, signal);
  if (!runner) {
    throw new ChatopsError('SERVICE_FAILED', {
      what: `${title} has no runner "${description}"`,
      next: 'run `chatops-up up`: it registers the runner',
    });
  }
  if (runner.paused !== undefined) {
    throw new ChatopsError('SERVICE_FAILED', {
      what: `runner ${id} (${description}) is paused`,
      why: `${title} gives it no jobs: every pipeline stays pending`,
      next: runner.paused,
    });
  }
  return runner;
};
