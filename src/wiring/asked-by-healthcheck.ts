import type { ProbeKinds } from '../contracts/probe-kinds.ts';
import { readProbeTable } from '../prober/probe-table.ts';
import { type ProbeRequest, parseProbe } from '../prober/read-words.ts';
import type { ProbeSpec } from '../stack/stack.ts';

const inTable = ({ service, question }: Extract<ProbeRequest, { kind: 'table' }>, table: string | undefined) =>
  table === undefined ? undefined : readProbeTable(table).get(service)?.[question];

/**
 * What a HEALTHCHECK of ours asks; undefined for any other.
 * @param kinds those of the stack, of which the HEALTHCHECK asks one
 * @param table the text of `healthchecks/probes.json` as it was when the container was made; undefined: there is none
 */
export const askedByHealthcheck = (
  [kind, program = '', ...words]: readonly string[],
  table: string | undefined,
  kinds: ProbeKinds,
): ProbeSpec | undefined => {
  if (kind !== 'CMD' || !program.endsWith('/chatops-probe')) return undefined;
  try {
    const request = parseProbe(words, kinds)?.request;
    return request?.kind === 'table' ? inTable(request, table) : request?.spec;
  } catch {
    // Of another version of ours, or changed by hand.
    return undefined;
  }
};
