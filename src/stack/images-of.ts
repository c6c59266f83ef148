import { servicesOf } from './services-of.ts';
import type { Stack } from './stack.ts';

/** References of all images that containers are made from, that of our own programs among them. */
export const imagesOf = (stack: Stack): readonly string[] => [
  ...new Set([...servicesOf(stack).map(({ container: { image } }) => image), stack.toolsImage]),
];
