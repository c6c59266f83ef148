import type { SimulatedTime } from '@chatops-up/standins';

/** Simulated time that stands still but where a test moves it: no window of a server's is missed on a busy machine. */
export interface SteppedTime extends SimulatedTime {
  /** Moves the clock on and does what has become due, in its order. */
  pass(simulatedMs: number): void;
}

interface Due {
  readonly at: number;
  readonly task: () => void;
}

export const createSteppedTime = (): SteppedTime => {
  let now = Date.now();
  let waiting: readonly Due[] = [];
  const next = (until: number): Due | undefined =>
    waiting.filter(({ at }) => at <= until).reduce<Due | undefined>((a, b) => (a && a.at <= b.at ? a : b), undefined);
  const drop = (due: Due): void => {
    waiting = waiting.filter((each) => each !== due);
  };
  return {
    speed: 1,
    now: () => now,
    after: (simulatedMs, task) => {
      const due = { at: now + Math.max(0, simulatedMs), task };
      waiting = [...waiting, due];
      return () => drop(due);
    },
    pass: (simulatedMs) => {
      const until = now + simulatedMs;
      for (let due = next(until); due !== undefined; due = next(until)) {
        drop(due);
        now = Math.max(now, due.at);
        due.task();
      }
      now = until;
    },
  };
};
