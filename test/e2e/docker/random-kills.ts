/** The orchestrator killed with SIGKILL at random moments: the next run converges, and nothing is there twice. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRandom, seed } from '../../helpers/random.ts';
import { aContainerStack, type ContainerStack } from './containers.ts';
import { expectConverged } from './counting.ts';

const MOMENTS = 20;

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
    });
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
      });
    }
  });
};
