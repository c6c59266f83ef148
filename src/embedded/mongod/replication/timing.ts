import type { SimulatedTime } from '../../kit/simulated-time.ts';

/**
 * Simulated time is for what a server does by itself. Where it waits for another process, a slow test machine
 * must not look like a dead server: such spans keep a floor of real time (but never exceed what was asked for).
 */
export const realSpan = (time: SimulatedTime, ms: number, floorMs: number): number =>
  Math.min(ms, Math.max(ms / time.speed, floorMs));

/** For time limits that clients give: `wtimeout`, `maxTimeMS`. */
export const patienceMs = (time: SimulatedTime, ms: number): number => realSpan(time, ms, 250);
