/** Which services a node stands on, read out of the graph. Pure. */
import { servicesNamedBy } from '../stack/edges.ts';
import type { JobNode, ServiceNode, StackNode } from '../stack/stack.ts';

/** Services behind the gates of `node`, to any depth. */
export const servicesBehind = (node: StackNode, nodes: readonly StackNode[]): readonly ServiceNode[] => {
  const byName = new Map(nodes.map((each) => [each.name, each]));
  const found = new Map<string, ServiceNode>();
  const visited = new Set<string>();
  const visit = (name: string): void => {
    const each = byName.get(name);
    if (!each || visited.has(name)) return;
    visited.add(name);
    for (const gate of each.gates) visit(gate.node);
    if (each.kind === 'service') found.set(name, each);
  };
  for (const gate of node.gates) visit(gate.node);
  return [...found.values()];
};

/**
 * Services that must answer before a job can be observed: those that it asks, and those that keep the data of these, for
 * without them the others know nothing. What else it waits for may still be missing: a relay that is to be added says
 * nothing about the rooms of a chat. A job that names no address may ask everything that it waited for.
 */
export const servicesAsked = (job: JobNode, nodes: readonly StackNode[]): readonly ServiceNode[] => {
  const behind = servicesBehind(job, nodes);
  const named = servicesNamedBy(job, nodes);
  if (named.length === 0) return behind;
  const without = Object.keys(job.without ?? {});
  const others = behind.filter(({ name, keepsData }) => keepsData || without.includes(name));
  return [...new Set([...named, ...others])];
};
