/** What can be asked from outside the stack's network. */
import type { Endpoint, HttpTarget, ProbeSpec, StackNode } from './stack.ts';

const ofTarget = (target: HttpTarget): readonly Endpoint[] => (target.kind === 'service' ? [target.endpoint] : []);

/** Addresses inside the network that a probe asks; a URL is none. */
export const endpointsOf = (spec: ProbeSpec): readonly Endpoint[] => {
  switch (spec.what) {
    case 'tcp':
    case 'mongo':
      return [spec.endpoint];
    case 'replica-set':
      return spec.members;
    case 'runner':
      return [spec.metrics, ...ofTarget(spec.gitlab)];
    case 'nginx-vhost':
      return [spec.door];
    case 'conversation':
      return [];
    case 'all-of':
      return spec.probes.flatMap(endpointsOf);
    default:
      return ofTarget(spec.target);
  }
};

/** Whether everything the probe asks is a URL or a published port: then it can be asked as a person would reach it. */
export const isPublic = (spec: ProbeSpec, nodes: readonly StackNode[]): boolean =>
  endpointsOf(spec).every(({ service, port }) =>
    nodes.some(
      (node) => node.kind === 'service' && node.name === service && node.container.publishes[port] !== undefined,
    ),
  );
