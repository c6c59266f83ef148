/** Limits set in chatops.yaml, put into the graph. */
import type { Config } from '../config/config.ts';
import type { Most, ServiceNode, StackNode } from './stack.ts';

/** Limit of each of our own programs: ten times what it takes, and one CPU. */
export const MOST: Most = { memoryMib: 512, cpus: 1 };

const limited = (service: ServiceNode, { memoryMib, cpus }: Partial<Config['limits'][string]>): ServiceNode => {
  const most = service.container.most ?? MOST;
  return {
    ...service,
    container: { ...service.container, most: { memoryMib: memoryMib ?? most.memoryMib, cpus: cpus ?? most.cpus } },
  };
};

/** By role: every member of a replica set may take as much. */
export const withLimits = (nodes: readonly StackNode[], { limits }: Pick<Config, 'limits'>): readonly StackNode[] =>
  nodes.map((node) => {
    const given = node.kind === 'service' ? limits[node.role] : undefined;
    return node.kind === 'service' && given !== undefined ? limited(node, given) : node;
  });
