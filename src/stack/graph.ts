/** The graph of nodes and gates: what is wrong with it, and in which order it starts. */

import { ChatopsError } from '../errors/chatops-error.ts';
import { nearest } from '../values/nearest.ts';
import type { Gate, StackNode } from './stack.ts';

/** What this file needs to know of a node; tests and other graphs can be smaller than a stack's. */
export type GraphNode = Pick<StackNode, 'name' | 'kind' | 'gates'>;

const UNTIL: Readonly<Record<GraphNode['kind'], readonly Gate['until'][]>> = {
  service: ['started', 'usable'],
  job: ['done'],
};

const checkNames = (nodes: readonly GraphNode[]): void => {
  const seen = new Set<string>();
  for (const { name } of nodes) {
    if (seen.has(name)) throw new ChatopsError('INTERNAL', { what: `two nodes of the stack are called ${name}` });
    seen.add(name);
  }
};

const checkGate = (node: GraphNode, gate: Gate, byName: ReadonlyMap<string, GraphNode>): void => {
  const target = byName.get(gate.node);
  if (!target) {
    const meant = nearest(gate.node, [...byName.keys()]);
    throw new ChatopsError('GRAPH_UNKNOWN_NODE', {
      what: `${node.name} waits until ${gate.node} is ${gate.until}, and there is no ${gate.node}`,
      next: meant === undefined ? `name one of: ${[...byName.keys()].join(', ')}` : `did you mean ${meant}?`,
    });
  }
  if (!UNTIL[target.kind].includes(gate.until)) {
    throw new ChatopsError('GRAPH_UNKNOWN_NODE', {
      what: `${node.name} waits until ${gate.node} is ${gate.until}, which a ${target.kind} never is`,
      next: `wait until it is ${UNTIL[target.kind].join(' or ')}`,
    });
  }
};

/** The nodes left over when everything that can start has started; each waits for another one of them. */
const circleAmong = (stuck: readonly GraphNode[]): readonly string[] => {
  const byName = new Map(stuck.map((node) => [node.name, node]));
  const path: string[] = [];
  let here = stuck[0];
  while (here && !path.includes(here.name)) {
    path.push(here.name);
    here = here.gates.map(({ node }) => byName.get(node)).find((node) => node !== undefined);
  }
  const again = here?.name ?? '';
  return [...path.slice(path.indexOf(again)), again];
};

/**
 * Levels: every node stands after all it waits for, and as early as it can; within a level in the order given.
 * @throws ChatopsError GRAPH_CYCLE, showing the path: `a → b → a` means a waits for b and b for a
 */
export const startOrder = <N extends GraphNode>(nodes: readonly N[]): readonly (readonly N[])[] => {
  const levels: N[][] = [];
  const placed = new Set<string>();
  let left = nodes;
  while (left.length > 0) {
    const level = left.filter(({ gates }) => gates.every(({ node }) => placed.has(node)));
    if (level.length === 0) {
      throw new ChatopsError('GRAPH_CYCLE', { what: `a circle of gates: ${circleAmong(left).join(' → ')}` });
    }
    for (const { name } of level) placed.add(name);
    levels.push(level);
    left = left.filter((node) => !level.includes(node));
  }
  return levels;
};

/** @throws ChatopsError GRAPH_UNKNOWN_NODE, GRAPH_CYCLE */
export const checkGraph = (nodes: readonly GraphNode[]): void => {
  checkNames(nodes);
  const byName = new Map(nodes.map((node) => [node.name, node]));
  for (const node of nodes) for (const gate of node.gates) checkGate(node, gate, byName);
  startOrder(nodes);
};

/** Names of all nodes that wait for `name`, directly or through others, in the order given. */
export const dependentsOf = (nodes: readonly GraphNode[], name: string): readonly string[] => {
  const waiting = new Set([name]);
  for (const level of startOrder(nodes)) {
    for (const node of level) if (node.gates.some((gate) => waiting.has(gate.node))) waiting.add(node.name);
  }
  return nodes.map((node) => node.name).filter((each) => each !== name && waiting.has(each));
};

/** A job that is done has worked with what it saw start; a service that runs says nothing of another that only started. */
const showsThrough = ({ kind }: StackNode, { until }: Gate): boolean => kind === 'job' || until !== 'started';

/** Gates on what no other node waits for and what is awaited at all: through these a proof waits for the whole stack. */
export const gatesOnLeaves = (nodes: readonly StackNode[]): readonly Gate[] => {
  const awaited = nodes.filter((node) => node.awaited !== false);
  const waitedFor = new Set(
    awaited.flatMap((node) => node.gates.filter((gate) => showsThrough(node, gate)).map((gate) => gate.node)),
  );
  return awaited
    .filter(({ name }) => !waitedFor.has(name))
    .map(({ name, kind }) => ({ node: name, until: kind === 'job' ? 'done' : 'usable' }));
};

/** Services that `name` cannot be reached without: itself, all it waits for, and the doors that lead to it. */
export const neededFor = (nodes: readonly StackNode[], name: string): readonly string[] => {
  const doors = nodes.flatMap((node) =>
    node.kind === 'service' && node.readyThrough?.includes(name) ? [node.name] : [],
  );
  const needed = new Set([name, ...doors]);
  for (const each of needed) {
    const node = nodes.find((other) => other.name === each);
    for (const gate of node?.gates ?? []) needed.add(gate.node);
  }
  return nodes.flatMap((node) => (node.kind === 'service' && needed.has(node.name) ? [node.name] : []));
};
