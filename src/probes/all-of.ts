import { type Probe, ready } from '../contracts/probe.ts';
import type { ProbeSpec } from '../stack/stack.ts';

export type AllOfSpec = { readonly what: 'all-of'; readonly probes: readonly ProbeSpec[] };

/** Asks one after the other; the first that is not ready answers for all. Without any it is ready. */
export const createAllOfProbe = (probes: readonly Probe[]): Probe => ({
  id: 'all-of',
  ask: async (signal) => {
    for (const probe of probes) {
      const answer = await probe.ask(signal);
      if (answer.kind === 'not-ready') return { ...answer, reason: `${probe.id}: ${answer.reason}` };
      if (answer.kind === 'cannot-tell') return answer;
    }
    return ready();
  },
});
