import type { Config } from './config.ts';

/** A port of this machine. */
export interface PortSpec {
  /** Default. */
  readonly port: number;
  /** Completes "Host port of …": `the wiki's SSH`. */
  readonly about: string;
  /** Whether a stack opens it; only then can it clash. Default: always. */
  readonly opened?: {
    /** Patterns (`wiki.ssh`) of what that follows from. */
    readonly reads: readonly string[];
    /** Pure. */
    readonly by: (config: Config) => boolean;
  };
}
