import { servicesOf } from './services-of.ts';
import type { Stack } from './stack.ts';

/** How the stack does without what it can where memory is short, as advice; empty: it needs every service. */
export const sparedBy = (stack: Pick<Stack, 'nodes'>): readonly string[] =>
  servicesOf(stack).flatMap(({ needs: { spared } }) => (spared === undefined ? [] : [spared]));
