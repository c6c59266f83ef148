/** What a module imports, and what that imports, at any depth, as texts that need no file any more. */
import type { CarriedModules } from '../contracts/carried-modules.ts';
import type { ModuleSource, Named } from '../contracts/module-source.ts';

export type Gathered =
  | { readonly kind: 'gathered'; readonly carried: CarriedModules }
  | { readonly kind: 'refused'; readonly file: string; readonly why: string };

/** Of all modules of all parts together, characters. A part with its packages is far below. */
const LARGEST = 8 * 1024 * 1024;

class NotGathered extends Error {
  readonly file: string;
  constructor(file: string, why: string) {
    super(why);
    this.name = 'Refusal';
    this.file = file;
  }
}

const asModule = (text: string): string => `export default ${text.trim()};\n`;

const gatherer = (source: ModuleSource) => {
  const ids = new Map<string, string>();
  const modules: Record<string, string> = {};
  let size = 0;

  const textOf = (file: string): string => {
    const read = source.read(file);
    if (read.kind === 'refused') throw new NotGathered(file, read.why);
    size += read.text.length;
    if (size > LARGEST)
      throw new NotGathered(file, `what the parts import is larger than ${LARGEST / 1024 / 1024} MiB`);
    return read.kind === 'json' ? asModule(read.text) : rewritten(read.text, file);
  };

  /** What cannot be found may be asked for only where it is there: then it fails when it is asked for. */
  const nameFor = ({ specifier, isDynamic }: Named, file: string): string => {
    const found = source.resolve(specifier, file);
    if (found.kind === 'file') return idOf(found.file);
    if (found.kind === 'not-found' && !isDynamic)
      throw new NotGathered(file, `it imports ${specifier}, which is not found`);
    return specifier;
  };

  const rewritten = (text: string, file: string): string => {
    let result = '';
    let at = 0;
    for (const named of source.namedIn(text, file)) {
      const name = nameFor(named, file);
      const { from, to, isDynamic, end } = named;
      result += text.slice(at, from) + (isDynamic ? JSON.stringify(name) : name);
      at = to;
      if (name === named.specifier) continue;
      // Nothing of what says that it is JSON: it is a module by now. What ends it stays, a bracket or the quote.
      result += isDynamic ? ')' : text.slice(to, to + 1);
      at = end;
    }
    return result + text.slice(at);
  };

  const idOf = (file: string): string => {
    const known = ids.get(file);
    if (known !== undefined) return known;
    const id = `part:${ids.size}`;
    // Before its text is read: modules may import each other.
    ids.set(file, id);
    modules[id] = '';
    modules[id] = textOf(file);
    return id;
  };
  return { idOf, modules };
};

/** @param files those that export the parts, absolute, in the order of chatops.yaml */
export const gatherModules = (files: readonly string[], source: ModuleSource): Gathered => {
  const { idOf, modules } = gatherer(source);
  try {
    return { kind: 'gathered', carried: { entries: files.map(idOf), modules } };
  } catch (thrown) {
    if (!(thrown instanceof NotGathered)) throw thrown;
    return { kind: 'refused', file: thrown.file, why: thrown.message };
  }
};
