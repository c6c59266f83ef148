import { type Probe, ready } from '../contracts/probe.ts';
import type { ProbeSpec } from '../stack/stack.ts';

export type AllOfSpec = { readonly what: 'all-of'; readonly probes: readonly ProbeSpec[] };

/** Asks one after the other; the first that is not ready answers for all. Without any it is ready. What they warn of, it warns of. */
export const createAllOfProbe = (probes: readonly Probe[]): Probe => ({
  id: 'all-of',
  ask: async (signal) => {
    const cautions: string[] = [];
    for (const probe of probes) {
      const answer = await probe.ask(signal);
      if (answer.kind === 'not-ready') return { ...answer, reason: `${probe.id}: ${answer.reason}` };
      if (answer.kind === 'cannot-tell') return answer;
      if (answer.caution !== undefined) cautions.push(answer.caution);
    }
    return cautions.length === 0 ? ready() : { kind: 'ready', caution: cautions.join('; ') };
  },
});
