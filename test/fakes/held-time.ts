import { createSimulatedTime, type SimulatedTime } from '@chatops-up/standins';

/** Simulated time that can be stopped, so that a window of the server's does not pass while a busy machine sends requests. */
export interface HeldTime extends SimulatedTime {
  hold(): void;
  /** Moves a held clock on. */
  pass(simulatedMs: number): void;
}

export const createHeldTime = (speed: number): HeldTime => {
  const running = createSimulatedTime(speed);
  let heldAt: number | undefined;
  return {
    ...running,
    now: () => heldAt ?? running.now(),
    hold: () => {
      heldAt = running.now();
    },
    pass: (simulatedMs) => {
      heldAt = (heldAt ?? running.now()) + simulatedMs;
    },
  };
};
