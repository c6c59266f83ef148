import type { ProbeSpec } from '../stack/stack.ts';

/** The text of `healthchecks/probes.json` → service → its readiness. @throws SyntaxError when it is not JSON */
export const readProbeTable = (text: string): ReadonlyMap<string, ProbeSpec> => {
  const { services } = JSON.parse(text) as { services: Record<string, { probe: ProbeSpec }> };
  return new Map(Object.entries(services).map(([name, { probe }]) => [name, probe]));
};
