/** One run at a time on a stack directory. */
export interface StackLock {
  /**
   * @param as `staying`: keeps the servers of that engine running until it is asked to end. Default: ends by itself
   * @throws ChatopsError STACK_LOCKED naming the process that holds it
   */
  acquire(as?: { readonly staying?: string | undefined }): Promise<void>;
  release(): Promise<void>;
  /** Whether somebody holds it now. Writes nothing. */
  isHeld(): Promise<boolean>;
  /** The engine whose servers somebody keeps running now; undefined where nobody does. Writes nothing. */
  stayingOn(): Promise<string | undefined>;
  /**
   * Asks the process that holds it to end, where that only keeps servers running; it lets go when it has.
   * @returns whether there was one
   */
  endStaying(): Promise<boolean>;
}
