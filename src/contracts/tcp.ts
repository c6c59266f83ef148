export interface TcpTarget {
  readonly host: string;
  readonly port: number;
  /** Default 2 000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface Tcp {
  /**
   * Opens a connection and closes it again, no byte sent.
   * @throws ChatopsError UNREACHABLE (refused, reset, DNS, timed out; `why` names which)
   * @throws the signal's reason when aborted
   */
  touch(target: TcpTarget): Promise<void>;
}
