import type { VolumeMount } from './stack.ts';

/** Begins with a dot or a slash: a file of the host, which must be there; anything else is a named volume of the stack. */
export const isPath = (source: string): boolean => /^[./]/.test(source);

export const isVolume = ({ source }: VolumeMount): boolean => !isPath(source);

/** `certs/a.pem` → `./certs/a.pem`: what has no dot or slash before it would be taken for a named volume. */
export const stackFile = (path: string): string => (/^\.{0,2}\//.test(path) ? path : `./${path}`);
