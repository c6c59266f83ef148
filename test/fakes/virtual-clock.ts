import type { Clock } from '../../src/contracts/clock.ts';

/** A clock that jumps: every sleep moves it on and resolves at once, so that deadlines are judged without waiting. */
export const createVirtualClock = (): Clock & { advance(ms: number): void } => {
  let now = 0;
  const sleepers: { at: number; wake: () => void }[] = [];
  const wakeDue = (): void => {
    for (const sleeper of sleepers.splice(0)) {
      if (sleeper.at <= now) sleeper.wake();
      else sleepers.push(sleeper);
    }
  };
  let scheduled = false;
  /** When nothing else is left to run, time jumps to the next sleeper. */
  const jumpSoon = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      const next = Math.min(...sleepers.map(({ at }) => at));
      if (!Number.isFinite(next)) return;
      now = Math.max(now, next);
      wakeDue();
      if (sleepers.length > 0) jumpSoon();
    });
  };
  return {
    now: () => now,
    date: () => new Date(Date.UTC(2026, 0, 1) + now),
    advance: (ms) => {
      now += ms;
      wakeDue();
    },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const leave = (): void => {
          const index = sleepers.indexOf(sleeper);
          if (index >= 0) sleepers.splice(index, 1);
          reject(signal?.reason);
        };
        const sleeper = {
          at: now + ms,
          wake: () => {
            signal?.removeEventListener('abort', leave);
            resolve();
          },
        };
        sleepers.push(sleeper);
        signal?.addEventListener('abort', leave, { once: true });
        jumpSoon();
      }),
  };
};
