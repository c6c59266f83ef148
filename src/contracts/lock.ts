/** One run at a time on a stack directory. */
export interface StackLock {
  /** @throws ChatopsError STACK_LOCKED naming the process that holds it */
  acquire(): Promise<void>;
  release(): Promise<void>;
}
