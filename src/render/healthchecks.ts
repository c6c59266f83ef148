/** `healthchecks/probes.json`: the three questions about every service as data, for the prober and for `chatops-probe all`. */
import type { Renderer } from '../contracts/renderer.ts';
import { PROBES_FILE } from '../stack/names.ts';
import { questionsOf } from '../stack/questions.ts';
import { servicesOf } from '../stack/services-of.ts';
import type { ProbeSpec, Stack } from '../stack/stack.ts';
import { GENERATED } from './generated.ts';
import { sorted } from './sorted.ts';

/** A readiness as text, the same however the object was put together. */
export const probeText = (probe: ProbeSpec): string => JSON.stringify(sorted(probe, 'probes.json'));

const probeTable = (stack: Stack): unknown =>
  Object.fromEntries(
    servicesOf(stack).map((service) => {
      const { name, readyWithinMs } = service;
      const { alive, ready, usable } = questionsOf(service, 'containers');
      // `probe`, as since 0.1: programs of that version read it.
      return [name, { ...(alive === undefined ? {} : { alive }), ready, probe: usable, readyWithinMs }] as const;
    }),
  );

export const healthchecksRenderer: Renderer = {
  id: 'healthchecks',
  render: ({ stack }) => {
    const content = { '//': GENERATED, stack: stack.name, services: sorted(probeTable(stack), 'probes.json') };
    return [{ path: PROBES_FILE, text: `${JSON.stringify(content, null, 2)}\n` }];
  },
};
