/** A secret: under which variable of .env it stands, and what it must look like. Parts declare theirs; the graph knows who reads them. */
/** Which program's rules the value must pass; see secret-rules.ts. */
export type SecretKind =
  | 'rocketchat-password'
  | 'gitlab-root-password'
  | 'gitlab-preset-token'
  | 'hook-secret'
  | 'mongo-key'
  | 'mongo-password'
  | 'opaque';

export interface SecretSpec {
  /** Variable of .env. */
  readonly name: string;
  /** What it is, for people. */
  readonly what: string;
  readonly kind: SecretKind;
  /** `generated`: made by us when it is missing. `given`: only a person can know it. */
  readonly origin: 'generated' | 'given';
  /** What a person who wants to set or find it should know. */
  readonly note: string;
}

/** A secret of a stack. */
export interface ReadSecret extends SecretSpec {
  /** Services and jobs of the stack that read it, sorted; computed from the graph. */
  readonly readBy: readonly string[];
}
