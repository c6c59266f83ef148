import { readFileSync, statSync } from 'node:fs';

export type StatFile =
  | { readonly text: string; readonly mode: number }
  /** Node's: `ENOENT`. */
  | { readonly code: string };

/** A file with its rights, as a program sees it that judges both. */
export const statFile = (path: string): StatFile => {
  try {
    return { text: readFileSync(path, 'utf8'), mode: statSync(path).mode };
  } catch (error) {
    return { code: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
};
