import { ChatopsError } from '../errors/chatops-error.ts';

/** A signal aborted by the first SIGINT or SIGTERM; a second one ends the process at once. */
export const interruptSignal = (): AbortSignal => {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new ChatopsError('INTERRUPTED', { what: `stopped by ${name}` }));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller.signal;
};
