import type { ServiceNode, Stack } from './stack.ts';

/** Its services, in the order of the nodes. */
export const servicesOf = ({ nodes }: Pick<Stack, 'nodes'>): readonly ServiceNode[] =>
  nodes.filter((node): node is ServiceNode => node.kind === 'service');
