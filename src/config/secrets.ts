/** A secret: under which variable of .env it stands, and what it must look like. Parts declare theirs; the graph knows who reads them. */

/** A demand of a program that reads the secret. */
export interface SecretRule {
  /** What the value must match: a pattern, or what else can be searched for. */
  readonly matches: Pick<RegExp, typeof Symbol.search>;
  /** What is wrong with one that does not, completing "CHATOPS_… …": `is not 20 characters of a-z`. Never holds the value. */
  readonly otherwise: string;
}

/** Random characters: of `password` and `token` safe in .env, YAML, URLs, headers and shells. */
export interface SecretShape {
  /** Stands before them: `glpat-`. Default: nothing. */
  readonly prefix?: string;
  /** A-Z, a-z, 0-9 and: `password` - and dot, `token` - and _, `base64` + and /. */
  readonly alphabet: 'password' | 'token' | 'base64';
  /** How many of them; 6 bits each. */
  readonly length: number;
}

/** What a secret must look like for the programs that read it. */
export interface SecretKind {
  /** In order: the first one that is broken is reported. An empty value is refused before them. */
  readonly rules: readonly SecretRule[];
  /** How one is made; drawn until it obeys the rules. Absent: only the user can know it. */
  readonly shape?: SecretShape;
}

/**
 * Kinds of no product. `opaque`: a line of text that only the user can know. `hook-secret`: travels as an HTTP header,
 * 16 to 200 visible ASCII characters.
 */
export type NeutralKind = 'opaque' | 'hook-secret';

export interface SecretSpec {
  /** Variable of .env. */
  readonly name: string;
  /** What it is, in the table of secrets and in messages. */
  readonly what: string;
  /** Which rules the value must pass: those of its part, or those of no product. */
  readonly kind: SecretKind | NeutralKind;
  /** `generated`: made by us when it is missing, so its kind has a shape. `given`: only the user can know it. */
  readonly origin: 'generated' | 'given';
  /** What a user who wants to set or find it should know. */
  readonly note: string;
}

/** A secret of a stack. */
export interface ReadSecret extends SecretSpec {
  /** Services and jobs of the stack that read it, sorted; computed from the graph. */
  readonly readBy: readonly string[];
}
