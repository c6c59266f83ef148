/** The one place of the stand-ins that knows the machine's clock; what a server does by itself passes in simulated time. */

/** Milliseconds since 1970. */
export const wallClockMs = (): number => Date.now();

/** Milliseconds since some moment; only differences mean anything. */
export const monotonicMs = (): number => performance.now();

export const pauseReal = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The timer never keeps the process alive. Returns a cancel function. */
export const afterReal = (ms: number, task: () => void): (() => void) => {
  const timer = setTimeout(task, ms);
  timer.unref();
  return () => clearTimeout(timer);
};

/** After what is already in the sockets was read. */
export const nextTurn = (task: () => void): void => void setImmediate(task);

/** Aborted after so many milliseconds. */
export const realDeadline = (ms: number): AbortSignal => AbortSignal.timeout(ms);
