/** What is written in chatops.yaml, read and without defaults; the schema that reads it is put together in `written-schema.ts`. */
export interface Written {
  readonly name?: string | undefined;
  readonly domain?: string | undefined;
  readonly parts?: readonly string[] | undefined;
  readonly bind?: string | undefined;
  readonly ports?: Readonly<Record<string, number | undefined>> | undefined;
  readonly tls?: { readonly certificate?: string | undefined; readonly key?: string | undefined } | undefined;
  readonly public?:
    | {
        readonly scheme?: 'http' | 'https' | undefined;
        readonly port?: number | undefined;
        readonly proxies?: readonly string[] | undefined;
      }
    | undefined;
  readonly authority?: string | undefined;
  readonly images?: WrittenImages | undefined;
  readonly timeouts?: Readonly<Record<string, string | undefined>> | undefined;
  readonly limits?: Readonly<Record<string, WrittenLimit | undefined>> | undefined;
  readonly docker?: { readonly startInterval?: boolean | undefined } | undefined;
  /** Known to its part alone; see `writtenIn`. */
  readonly [section: string]: unknown;
}

export interface WrittenLimit {
  readonly memory?: string | undefined;
  readonly cpus?: number | 'none' | undefined;
}

/** Name → reference; `allowFloating` is the one that is no image. */
export type WrittenImages = Readonly<Record<string, string | boolean | undefined>>;
