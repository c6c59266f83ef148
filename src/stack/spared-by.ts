import { servicesOf } from './services-of.ts';
import type { Stack } from './stack.ts';

/** Advice where memory is short: which services the stack can do without, and how. Empty: it needs all of them. */
export const sparedBy = (stack: Pick<Stack, 'nodes'>): readonly string[] =>
  servicesOf(stack).flatMap(({ needs: { spared } }) => (spared === undefined ? [] : [spared]));
