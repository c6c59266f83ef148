/** Which services a node stands on, read out of the graph. Pure. */
import { servicesNamedBy } from '../stack/edges.ts';
import type { JobNode, JobSpec, ServiceNode, StackNode } from '../stack/stack.ts';

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

/** A job as it is looked at while a node of the stack is still missing. */
export interface LookedAtWithout {
  readonly spec: JobSpec;
  /** Services that must answer all the same. It may be none: what it then asks is outside the stack. */
  readonly asked: readonly ServiceNode[];
}

/** Undefined where nothing is missing that the job can be looked at without. @param seen names of services that there are */
export const lookedAtWithout = (
  job: JobNode,
  nodes: readonly StackNode[],
  seen: ReadonlySet<string>,
): LookedAtWithout | undefined => {
  for (const [name, spec] of Object.entries(job.without ?? {})) {
    const node = nodes.find((each) => each.name === name);
    if (node === undefined) continue;
    const upTo = node.kind === 'service' ? [node] : servicesBehind(node, nodes);
    if (upTo.every((service) => seen.has(service.name))) continue;
    const keeping = servicesBehind(job, nodes).filter(({ keepsData }) => keepsData);
    const asked = new Set([...servicesNamedBy({ ...job, job: spec }, nodes), ...keeping]);
    return { spec, asked: [...asked].filter((service) => !upTo.includes(service)) };
  }
  return undefined;
};
