import { setMaxListeners } from 'node:events';
import { ChatopsError } from '../errors/chatops-error.ts';

/**
 * A signal aborted by the first SIGINT or SIGTERM; a second one ends the process at once. Called once in a program, before
 * other signals are made.
 */
export const interruptSignal = (): AbortSignal => {
  // Every node of the graph listens at once to it and to signals that follow from it (`AbortSignal.any`): no leak to warn of.
  setMaxListeners(0);
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new ChatopsError('INTERRUPTED', { what: `stopped by ${name}` }));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller.signal;
};
