import { createClock } from '../adapters/clock.ts';
import { liveTerminal } from '../adapters/streams.ts';
import { createJsonReporter } from '../report/json.ts';
import { createPlainReporter } from '../report/plain.ts';
import type { Reporter } from '../report/reporter.ts';
import type { Invocation } from '../wiring/invocation.ts';

/** The live display is loaded only for a terminal. */
export const chooseReporter = async (invocation: Invocation): Promise<Reporter> => {
  if (invocation.json) return createJsonReporter(invocation.out);
  if (!invocation.interactive) return createPlainReporter(invocation.out);
  const { createLiveReporter } = await import('../report/live.ts');
  return createLiveReporter(liveTerminal(), invocation.known.clean, createClock());
};
