/** `certs/a.pem` → `./certs/a.pem`: what has no dot or slash before it would be taken for a named volume. */
export const stackFile = (path: string): string => (/^\.{0,2}\//.test(path) ? path : `./${path}`);
