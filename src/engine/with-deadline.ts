import type { Clock } from '../contracts/clock.ts';
import { ChatopsError } from '../errors/chatops-error.ts';

/** A job that goes on ends itself at its deadline and says for what it waited; one that hangs is ended this much later, ms. */
const HANGS_AFTER_MS = 500;

export interface DeadlineOptions {
  readonly job: string;
  readonly withinMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** @throws ChatopsError GATE_TIMED_OUT, whether or not the task obeys its signal */
export const withDeadline = async (
  { job, withinMs, clock, signal }: DeadlineOptions,
  task: (signal: AbortSignal) => Promise<unknown>,
): Promise<void> => {
  const stop = new AbortController();
  const late = clock.sleep(withinMs + HANGS_AFTER_MS, AbortSignal.any([stop.signal, signal])).then((): never => {
    throw new ChatopsError('GATE_TIMED_OUT', {
      what: `job ${job} did not end within ${withinMs / 1_000} s`,
      why: 'it hangs: a server took its request and gives no answer',
      next: 'run the command again: a job goes on where it stopped',
    });
  });
  late.catch(() => undefined);
  try {
    await Promise.race([task(AbortSignal.any([stop.signal, signal])), late]);
  } finally {
    stop.abort();
  }
};
