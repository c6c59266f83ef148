import type { Ports } from '../contracts/ports.ts';
import { type Probe, ready } from '../contracts/probe.ts';
import type { Endpoint } from '../stack/stack.ts';
import { answerOf } from './foreseen.ts';

export type TcpSpec = { readonly what: 'tcp'; readonly endpoint: Endpoint };

/** The port accepts a connection; says nothing about what listens there. */
export const createTcpProbe = ({ endpoint }: TcpSpec, { tcp, addresses }: Ports): Probe => ({
  id: 'tcp',
  ask: (signal) =>
    answerOf(signal, async () => {
      await tcp.touch({ ...addresses.resolve(endpoint), signal });
      return ready(`${endpoint.service}:${endpoint.port} accepts connections`);
    }),
});
