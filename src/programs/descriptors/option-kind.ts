/** Options and arguments as data: how a word that was given becomes a value. */

/** A word as a parser found it: `true` for a switch, a list for what may be given again and again. */
export type Given = string | boolean | readonly string[] | undefined;

export type Reading<T> = { readonly value: T } | { readonly problem: string };

export interface OptionKind<T> {
  readonly about: string;
  /** What stands after it, as help shows it: `<time>`. Undefined: a switch. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** May be given again and again. */
  readonly repeated?: true;
  readonly required?: true;
  /** The variable that stands in for it where it is not given. */
  readonly env?: string;
  /** What it is when nothing is given, as help shows it. */
  readonly fallback?: string;
  /** Pure. A problem is a hint that ends the sentence "this is invalid". */
  read(given: Given, cwd: string): Reading<T>;
}

export interface ArgumentKind {
  readonly about: string;
  readonly required?: true;
  /** Made absolute. */
  readonly isPath?: true;
}

/** Name in camelCase (`inNetwork` is `--in-network`) → what it is. */
export type Options = Readonly<Record<string, OptionKind<unknown>>>;
/** Name → what it is, in their order. */
export type Arguments = Readonly<Record<string, ArgumentKind>>;

export type Values<O extends Options> = {
  readonly [K in keyof O]: O[K] extends OptionKind<infer T> ? T : never;
};
export type ArgumentValues<A extends Arguments> = {
  readonly [K in keyof A]: A[K] extends { readonly required: true } ? string : string | undefined;
};
