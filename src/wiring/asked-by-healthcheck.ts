import { parseProbe } from '../prober/read-words.ts';
import type { ProbeSpec } from '../stack/stack.ts';
import { PROBE_KINDS } from './probe-kinds.ts';

/** What a HEALTHCHECK of ours asks; undefined for any other, and for one that reads its question from a file. */
export const askedByHealthcheck = ([kind, program = '', ...words]: readonly string[]): ProbeSpec | undefined => {
  if (kind !== 'CMD' || !program.endsWith('/chatops-probe')) return undefined;
  try {
    const request = parseProbe(words, PROBE_KINDS)?.request;
    return request?.kind === 'spec' ? request.spec : undefined;
  } catch {
    // Of another version of ours, or changed by hand.
    return undefined;
  }
};
