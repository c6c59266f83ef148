import type { Ports } from '../ports/ports.ts';
import type { ProbeSpec } from '../stack/stack.ts';
import { answerOf } from './foreseen.ts';
import { type Probe, ready } from './probe.ts';

/** The port accepts a connection; says nothing about what listens there. */
export const createTcpProbe = (
  { endpoint }: Extract<ProbeSpec, { what: 'tcp' }>,
  { tcp, addresses }: Ports,
): Probe => ({
  id: 'tcp',
  ask: (signal) =>
    answerOf(signal, async () => {
      await tcp.touch({ ...addresses.resolve(endpoint), signal });
      return ready(`${endpoint.service}:${endpoint.port} accepts connections`);
    }),
});
