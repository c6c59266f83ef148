/** A stand-in's time that passes fast while it boots, and at another speed afterwards. */
import type { SimulatedTime } from '@chatops-up/standins';

export interface BootTime extends SimulatedTime {
  /** From now on; what was set going before keeps its moment. */
  goOnAt(speed: number): void;
}

export const createBootTime = (speed: number): BootTime => {
  let rate = speed;
  let since = performance.now();
  let then = Date.now();
  const now = (): number => then + (performance.now() - since) * rate;
  return {
    get speed() {
      return rate;
    },
    now,
    after: (simulatedMs, task) => {
      const timer = setTimeout(task, Math.max(0, simulatedMs / rate));
      timer.unref();
      return () => clearTimeout(timer);
    },
    goOnAt: (next) => {
      [then, since, rate] = [now(), performance.now(), next];
    },
  };
};
