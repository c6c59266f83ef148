/** What can be asked from outside the stack's network. */
import { endpointsOf, type ProbeKinds } from '../contracts/probe-kinds.ts';
import type { ProbeSpec, StackNode } from './stack.ts';

/** Whether everything the probe asks is a URL or a published port: then it can be asked as a user would reach it. */
export const isPublic = (kinds: ProbeKinds, spec: ProbeSpec, nodes: readonly StackNode[]): boolean =>
  endpointsOf(kinds, spec).every(({ service, port }) =>
    nodes.some(
      (node) => node.kind === 'service' && node.name === service && node.container.publishes[port] !== undefined,
    ),
  );
