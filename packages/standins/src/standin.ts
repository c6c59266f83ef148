import type { Faults } from './kit/faults.ts';
import type { Ledger } from './kit/ledger.ts';
import type { SimulatedTime } from './kit/simulated-time.ts';

/** A server played in our process (a stand-in) or a real program we started. Both look like this to the engine. */
export interface RunningServer {
  readonly service: string;
  /** `stand-in` or `real`: named in every report. */
  readonly played: 'stand-in' | 'real';
  /** Opens its ports (or begins the boot phases in which they stay shut). Resolves at once, not when ready. */
  start(): Promise<void>;
  /** Closes every port and connection, and has all state on disk when it resolves. */
  stop(): Promise<void>;
  /** Requests counted; absent on real programs. */
  readonly ledger?: Ledger;
  readonly faults?: Faults;
  /** Resolves with a reason when the server ends by itself (a crash); never when stopped by us. */
  readonly crashed: Promise<string>;
}

/** What a server gets from the engine: what its container would have. */
export interface ServerContext {
  readonly service: string;
  /** What it is in its stack: `mongo`, `gitlab`. */
  readonly role: string;
  /** Its own data directory; survives runs. */
  readonly dir: string;
  /** The address it listens on. Default `127.0.0.1`. */
  readonly host?: string;
  /** Container port → port it must listen on. */
  readonly ports: Readonly<Record<number, number>>;
  /** The container's environment, secrets filled in. */
  readonly env: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly time: SimulatedTime;
  /**
   * A name and port inside the stack's network → where it is on loopback; undefined when no such service.
   * A place on the loopback (`127.0.0.1` and a port this engine chose) is found as itself.
   */
  lookup(host: string, port: number): { readonly host: string; readonly port: number } | undefined;
  /** Text of a file of the stack directory mounted into the container, by path (`nginx/nginx.conf`). */
  file(path: string): Promise<string | undefined>;
}

export type ServerFactory = (context: ServerContext) => RunningServer;
