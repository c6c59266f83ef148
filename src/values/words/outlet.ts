/** A way out of the program: standard output, a log, a socket. Whatever leaves by it is clean. */
import type { Clean } from './clean.ts';

declare const CLEANS: unique symbol;

/** Takes whole lines. Made by `createOutlet` alone, so that nobody can forget to clean. */
export type Outlet = ((text: string) => void) & { readonly [CLEANS]: true };

export const createOutlet = (write: (text: string) => void, { text: cleaned }: Pick<Clean, 'text'>): Outlet =>
  ((text: string) => write(cleaned(text))) as Outlet;
