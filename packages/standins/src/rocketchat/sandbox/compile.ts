import { Script } from 'node:vm';

export interface Compiled {
  readonly scriptCompiled?: string;
  readonly scriptError?: { readonly name: string; readonly message: string; readonly stack: string };
}

/** As written counts as strict; what Babel would have passed through is sloppy. */
export const asRun = (source: string, isStrict: boolean): string => (isStrict ? `"use strict";${source}` : source);

/** Whether the text is a script at all; it is not run. */
export const compileScript = (source: string, isStrict: boolean): Compiled => {
  try {
    new Script(asRun(source, isStrict), { filename: 'integration.js' });
    return { scriptCompiled: source };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    // The first lines of the stack show the place; the rest is ours.
    const stack = (error.stack ?? '').split('\n').slice(0, 5).join('\n');
    return { scriptError: { name: error.name, message: error.message, stack } };
  }
};
