/**
 * The stand-ins' clock: boot phases, elections and lock-outs are given in the milliseconds a real server takes
 * and pass `speed` times faster. Token life and rate-limit windows use it too.
 */
export interface SimulatedTime {
  /** Simulated milliseconds since the epoch. */
  now(): number;
  /** Runs `task` after `simulatedMs`; the timer never keeps the process alive. Returns a cancel function. */
  after(simulatedMs: number, task: () => void): () => void;
  readonly speed: number;
}

/** @param speed simulated milliseconds per real one; default 200 (a 60 s boot takes 0.3 s). */
export const createSimulatedTime = (speed = 200): SimulatedTime => {
  const startedAt = Date.now();
  const origin = performance.now();
  return {
    speed,
    now: () => startedAt + (performance.now() - origin) * speed,
    after: (simulatedMs, task) => {
      const timer = setTimeout(task, Math.max(0, simulatedMs / speed));
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
};
