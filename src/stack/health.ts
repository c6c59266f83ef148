/** What is asked of a service in a container: by its gate, and by its HEALTHCHECK. */
import type { ProbeSpec, ServiceNode } from './stack.ts';

/** Asked by its gate, and in the table of probes. */
export const healthOf = ({ health, ready }: Pick<ServiceNode, 'health' | 'ready'>): ProbeSpec => health ?? ready;

/** Asked inside its own container. */
export const healthcheckOf = (service: Pick<ServiceNode, 'health' | 'ready' | 'healthcheck'>): ProbeSpec =>
  service.healthcheck ?? healthOf(service);
