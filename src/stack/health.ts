/** What is asked of a service in a container: by its HEALTHCHECK, and by its gate. */
import type { ProbeSpec, ServiceNode } from './stack.ts';

export const healthOf = ({ health, ready }: Pick<ServiceNode, 'health' | 'ready'>): ProbeSpec => health ?? ready;
