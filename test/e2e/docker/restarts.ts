/** The daemon restarted: on an engine of the test's own, for the machine's belongs to everybody. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { leftOut } from '../../helpers/available.ts';
import { BASE } from '../images/build.mjs';
import { aContainerStack, type ContainerStack } from './containers.ts';
import { expectConverged } from './counting.ts';
import { IMAGES } from './images-used.ts';
import { aPrivateEngine, NEWER, type PrivateEngine, whyNoPrivateEngine } from './private-engine.ts';

export const restarts = (): void => {
  const why = whyNoPrivateEngine(NEWER);
  if (why !== undefined) leftOut('docker e2e, the daemon restarted', why);

  describe.runIf(why === undefined)('the daemon restarted', () => {
    let engine: PrivateEngine;
    let stack: ContainerStack;

    beforeAll(async () => {
      engine = await aPrivateEngine(NEWER);
      await engine.load([...Object.values(IMAGES), BASE]);
      stack = await aContainerStack({ host: engine.host });
    });
    beforeEach(async () => {
      expect(await stack.drive(['down', '--volumes', '--yes']).ended).toMatchObject({ status: 0 });
    });
    afterAll(() => engine?.remove(), 60_000);

    it.each(['mongo: started', 'rocketchat-setup: running', 'conversation: running'])(
      'when the run says "%s": the run ends and says why, the next one converges',
      async (moment) => {
        const running = stack.drive(['up']);
        await running.says(moment);
        await engine.restart();
        const { status, stdout, stderr } = await running.ended;
        const said = `${stdout}${stderr}`;
        // A short absence may pass unnoticed; what was noticed is reported as what it was.
        if (status !== 0) expect(said).toMatch(/^(ENGINE_UNAVAILABLE|SERVICE_FAILED|JOB_FAILED|UNREACHABLE) {2}/m);
        expect(said).not.toMatch(/^INTERNAL /m);
        await expectConverged(stack);
      },
      300_000,
    );

    it('under a converged stack: everything is started again, and the next run finds it as wanted', async () => {
      expect(await stack.drive(['up']).ended).toMatchObject({ status: 0 });
      await engine.restart();
      await expectConverged(stack);
    });
  });
};
