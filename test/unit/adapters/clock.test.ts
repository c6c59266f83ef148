import { describe, expect, it } from 'vitest';
import { createClock } from '../../../src/adapters/clock.ts';

const clock = createClock();

describe('the clock of the machine', () => {
  it('never runs backwards, and sleeps for as long as it was asked', async () => {
    const before = clock.now();
    await clock.sleep(20);
    // Timers of Node may come a fraction of a millisecond early.
    expect(clock.now() - before).toBeGreaterThan(18);
  });

  it('wakes with the reason of its signal', async () => {
    const controller = new AbortController();
    const reason = new Error('stop');
    const sleeping = clock.sleep(60_000, controller.signal);
    controller.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
  });

  it('does not fall asleep after an abort', async () => {
    await expect(clock.sleep(60_000, AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
  });

  it('lets go of its signal when it has slept', async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      listeners += 1;
      addEventListener.apply(signal, args);
    };
    signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
      listeners -= 1;
      removeEventListener.apply(signal, args);
    };
    await clock.sleep(1, signal);
    expect(listeners).toBe(0);
  });

  it('gives the date by the wall', () => {
    expect(Math.abs(clock.date().getTime() - Date.now())).toBeLessThan(5_000);
  });
});
