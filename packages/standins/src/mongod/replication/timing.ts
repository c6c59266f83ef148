import { nextTurn } from '../../kit/real-time.ts';
import type { SimulatedTime } from '../../kit/simulated-time.ts';

/**
 * Simulated time is for what a server does by itself. Where it waits for another process, a slow test machine
 * must not look like a dead server: such spans keep a floor of real time (but never exceed what was asked for).
 */
export const realSpan = (time: SimulatedTime, ms: number, floorMs: number): number =>
  Math.min(ms, Math.max(ms / time.speed, floorMs));

/** For time limits that clients give: `wtimeout`, `maxTimeMS`. */
export const patienceMs = (time: SimulatedTime, ms: number): number => realSpan(time, ms, 250);

const SLICES = 10;

/**
 * Counts down in slices, one turn of the event loop each at least: a process that stalls (a slow disk, a busy machine)
 * spends one slice on it and reads what has come in meanwhile, instead of taking its peers for dead. Returns a cancel
 * function.
 */
export const countDown = (time: SimulatedTime, simulatedMs: number, task: () => void): (() => void) => {
  let left = SLICES;
  let cancelled = false;
  let cancelTimer: () => void = () => undefined;
  const slice = () => {
    if (cancelled) return;
    if (left === 0) return task();
    left -= 1;
    // Answers that are already in the socket are read first.
    cancelTimer = time.after(simulatedMs / SLICES, () => nextTurn(slice));
  };
  slice();
  return () => {
    cancelled = true;
    cancelTimer();
  };
};
