import { ChatopsError } from '../errors/chatops-error.ts';
import type { Question } from '../stack/questions.ts';
import type { ProbeSpec } from '../stack/stack.ts';
import { hasTexts, isRecord, readJson } from '../values/shape.ts';

/** What is asked about a service. A table of version 0.1 has `usable` alone. */
export type TableRow = { readonly usable: ProbeSpec } & { readonly [Q in Question]?: ProbeSpec };

const specIn = (value: unknown): ProbeSpec | undefined =>
  hasTexts(value, 'what') ? (value as unknown as ProbeSpec) : undefined;

const rowOf = (service: unknown): TableRow | undefined => {
  if (!isRecord(service)) return undefined;
  const [alive, ready, usable] = [service.alive, service.ready, service.probe].map(specIn);
  return usable && { usable, ...(alive ? { alive } : {}), ...(ready ? { ready } : {}) };
};

/** The text of `healthchecks/probes.json` → service → its questions. @throws ChatopsError STATE_DAMAGED when it is none */
export const readProbeTable = (text: string): ReadonlyMap<string, TableRow> => {
  const read = readJson(text);
  const services = isRecord(read) && isRecord(read.services) ? Object.entries(read.services) : undefined;
  const rows = services?.flatMap(([name, service]) => {
    const row = rowOf(service);
    return row ? [[name, row] as const] : [];
  });
  if (rows !== undefined && rows.length === services?.length) return new Map(rows);
  throw new ChatopsError('STATE_DAMAGED', {
    what: 'the table of probes cannot be read',
    why: 'it is not as `chatops-up render` writes it',
    next: 'run `chatops-up render`',
  });
};
