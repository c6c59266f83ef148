/** Deadlines set in chatops.yaml, put into the graph. */
import type { Config } from '../config/config.ts';
import type { StackNode } from './stack.ts';

/** What a front door may take longer than the slowest server behind it, ms. */
const DOOR_LATER_MS = 60_000;

/** How long a door may take for each of the servers behind it, ms. @param names of these servers */
export const throughDoorMs = (names: readonly string[], nodes: readonly StackNode[]): readonly number[] =>
  nodes.flatMap((node) =>
    node.kind === 'service' && names.includes(node.name) ? [node.readyWithinMs + DOOR_LATER_MS] : [],
  );

/** Under which name a deadline may be set: services by role, jobs by kind. */
const timedName = (node: StackNode): string => (node.kind === 'service' ? node.role : node.job.job);

const within = (node: StackNode, withinMs: number): StackNode =>
  node.kind === 'service' ? { ...node, readyWithinMs: withinMs } : { ...node, withinMs };

/** A door without a deadline of its own follows a server behind it that was given more time. */
const doorWithin = (node: StackNode, timed: readonly StackNode[]): StackNode => {
  if (node.kind !== 'service' || node.readyThrough === undefined) return node;
  return within(node, Math.max(node.readyWithinMs, ...throughDoorMs(node.readyThrough, timed)));
};

export const withTimeouts = (nodes: readonly StackNode[], config: Config): readonly StackNode[] => {
  const timeouts: Readonly<Record<string, number>> = config.timeouts;
  const timed = nodes.map((node) => {
    const given = timeouts[timedName(node)];
    return given === undefined ? node : within(node, given);
  });
  return timed.map((node) => (timeouts[timedName(node)] === undefined ? doorWithin(node, timed) : node));
};
