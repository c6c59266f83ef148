/** Where the code of parts stands, and how one module names another. */

/** A place in the text of a module where another one is named. */
export interface Named {
  readonly specifier: string;
  /** From here to here in the text it is named; for `import('x')` the quotes belong to it. */
  readonly from: number;
  readonly to: number;
  readonly isDynamic: boolean;
  /** Where the statement ends; what stands between `to` and there says only how it is read (`with { type: 'json' }`). */
  readonly end: number;
}

export type Resolved =
  | { readonly kind: 'file'; readonly file: string }
  /** There where the text is run: a module of Node, or what programs of ours bring. */
  | { readonly kind: 'there' }
  | { readonly kind: 'not-found' };

export type Read =
  | { readonly kind: 'module'; readonly text: string }
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'refused'; readonly why: string };

/** Where modules stand, and how they are read. */
export interface ModuleSource {
  resolve(specifier: string, fromFile: string): Resolved;
  read(file: string): Read;
  namedIn(text: string, file: string): readonly Named[];
}
