/** `healthchecks/probes.json`: every service's readiness as data, for the prober and for `chatops-probe all`. */
import type { Renderer } from '../contracts/renderer.ts';
import { healthOf } from '../stack/health.ts';
import type { ProbeSpec, ServiceNode, Stack } from '../stack/stack.ts';
import { GENERATED } from './generated.ts';
import { requireUtf8 } from './refuse.ts';

/** Keys sorted at every depth, so that the text does not depend on how an object was put together. */
const sorted = (value: unknown): unknown => {
  if (typeof value === 'string') return requireUtf8(value, 'probes.json');
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
};

/** A readiness as text, the same however the object was put together. */
export const probeText = (probe: ProbeSpec): string => JSON.stringify(sorted(probe));

const services = ({ nodes }: Stack): readonly ServiceNode[] =>
  nodes.filter((node): node is ServiceNode => node.kind === 'service');

const probeTable = (stack: Stack): unknown =>
  Object.fromEntries(
    services(stack).map((service) => {
      const { name, readyWithinMs } = service;
      return [name, { probe: healthOf(service), readyWithinMs }] as const;
    }),
  );

export const healthchecksRenderer: Renderer = {
  id: 'healthchecks',
  render: ({ stack }) => {
    const content = { '//': GENERATED, stack: stack.name, services: sorted(probeTable(stack)) };
    return [{ path: 'healthchecks/probes.json', text: `${JSON.stringify(content, null, 2)}\n` }];
  },
};
