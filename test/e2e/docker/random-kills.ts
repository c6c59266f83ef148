/** The orchestrator killed with SIGKILL at random moments: the next run converges, and nothing is there twice. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aContainerStack, type ContainerStack } from './containers.ts';
import { expectConverged } from './counting.ts';

const MOMENTS = 20;
const seed = Number(process.env.CHATOPS_SEED ?? Date.now() % 1_000_000);

/** mulberry32: the same moments for the same seed. */
const createRandom = (start: number): (() => number) => {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const randomKills = (): void => {
  describe(`the orchestrator killed at ${MOMENTS} random moments (CHATOPS_SEED=${seed})`, () => {
    const random = createRandom(seed);
    let stack: ContainerStack;
    let undisturbedMs: number;

    const fromNothing = async (): Promise<void> => {
      expect(await stack.drive(['down', '--volumes', '--yes']).ended).toMatchObject({ status: 0 });
    };

    beforeAll(async () => {
      stack = await aContainerStack();
      const startedAt = performance.now();
      expect(await stack.drive(['up']).ended).toMatchObject({ status: 0 });
      undisturbedMs = performance.now() - startedAt;
    }, 120_000);
    beforeEach(fromNothing, 60_000);
    afterAll(() => stack?.remove(), 60_000);

    for (let moment = 1; moment <= MOMENTS; moment += 1) {
      const share = random();
      it(`${moment}: after ${Math.round(share * 100)} % of the time that a run from nothing takes`, async () => {
        const running = stack.drive(['up']);
        await sleep(share * undisturbedMs);
        running.process.kill('SIGKILL');
        await running.ended;
        await expectConverged(stack);
      }, 600_000);
    }
  });
};
