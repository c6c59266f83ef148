/** What `chatops-probe reach … --json` says: one document, its outcomes in the order of the targets. */
import type { Reached } from '../contracts/reach.ts';

export const reachLine = (reached: readonly Reached[]): string => `${JSON.stringify({ reached })}\n`;

const KINDS = ['reached', 'no-name', 'not-reached'];

const isReached = (value: unknown): value is Reached =>
  typeof value === 'object' && value !== null && 'kind' in value && KINDS.includes(String(value.kind));

/** Undefined when it is none, or not for that many targets: an older program, a runtime's error. */
export const parseReachLine = (text: string, count: number): readonly Reached[] | undefined => {
  try {
    const { reached } = JSON.parse(text) as { reached?: unknown };
    return Array.isArray(reached) && reached.length === count && reached.every(isReached) ? reached : undefined;
  } catch {
    return undefined;
  }
};
