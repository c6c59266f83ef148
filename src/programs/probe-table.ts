import { ChatopsError } from '../errors/chatops-error.ts';
import type { ProbeSpec } from '../stack/stack.ts';
import { hasTexts, isRecord, readJson } from '../values/shape.ts';

/** The text of `healthchecks/probes.json` → service → its readiness. @throws ChatopsError STATE_DAMAGED when it is none */
export const readProbeTable = (text: string): ReadonlyMap<string, ProbeSpec> => {
  const read = readJson(text);
  const services = isRecord(read) && isRecord(read.services) ? Object.entries(read.services) : undefined;
  const probes = services?.flatMap(([name, service]) =>
    isRecord(service) && hasTexts(service.probe, 'what')
      ? [[name, service.probe as unknown as ProbeSpec] as const]
      : [],
  );
  if (probes !== undefined && probes.length === services?.length) return new Map(probes);
  throw new ChatopsError('STATE_DAMAGED', {
    what: 'the table of probes cannot be read',
    why: 'it is not as `chatops-up render` writes it',
    next: 'run `chatops-up render`',
  });
};
