/**
 * Modules that are texts, run by the runtime that our programs for containers are compiled with. It takes modules under
 * any name (https://bun.sh/docs/runtime/plugins, read in 2026-11 for Bun 1.4.5: `build.module`), which Node does not.
 */
import type { CarriedModules } from '../contracts/carried-modules.ts';
import { ChatopsError } from '../errors/chatops-error.ts';

type Exports = Readonly<Record<string, unknown>>;
type Provided = () =>
  | { readonly contents: string; readonly loader: 'js' }
  | { readonly exports: Exports; readonly loader: 'object' };

/** What of the runtime is used. */
export interface TextRuntime {
  plugin(plugin: {
    readonly name: string;
    readonly setup: (build: { module(name: string, provide: Provided): void }) => void;
  }): void;
}

const ownRuntime = (): TextRuntime | undefined => (globalThis as { readonly Bun?: TextRuntime }).Bun;

/**
 * Runs them once.
 * @param ours name → what the modules find under it instead of a package: `chatops-up`
 * @returns what the entries export, in their order
 * @throws ChatopsError INTERNAL where the runtime cannot; and what a module throws
 */
export const importCarried = async (
  { entries, modules }: CarriedModules,
  ours: Readonly<Record<string, () => Exports>>,
  runtime: TextRuntime | undefined = ownRuntime(),
): Promise<readonly Exports[]> => {
  if (runtime === undefined) throw new ChatopsError('INTERNAL', { what: 'this program cannot run parts of others' });
  runtime.plugin({
    name: 'parts',
    setup: (build) => {
      for (const [id, contents] of Object.entries(modules)) build.module(id, () => ({ contents, loader: 'js' }));
      for (const [name, exports] of Object.entries(ours)) {
        build.module(name, () => ({ exports: exports(), loader: 'object' }));
      }
    },
  });
  return Promise.all(entries.map((id) => import(id) as Promise<Exports>));
};
