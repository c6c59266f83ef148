/** The oldest engine that will do, the real one: 20.10 of Debian 12, as an engine of the test's own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftOut } from '../../helpers/available.ts';
import { BASE } from '../images/build.mjs';
import { aContainerStack, type ContainerStack } from './containers.ts';
import { expectConverged } from './counting.ts';
import { IMAGES } from './images-used.ts';
import { aPrivateEngine, OLDER, type PrivateEngine, versionOf, whyNoPrivateEngine } from './private-engine.ts';

const whyNot = (): string | undefined => {
  const why = whyNoPrivateEngine(OLDER);
  if (why !== undefined) return why;
  const version = versionOf(OLDER);
  return version.startsWith('20.10.') ? undefined : `${OLDER} is ${version}; Debian 12 has 20.10`;
};

export const oldEngine = (): void => {
  const why = whyNot();
  if (why !== undefined) leftOut('docker e2e, Docker Engine 20.10', why);

  describe.runIf(why === undefined)('Docker Engine 20.10', () => {
    let engine: PrivateEngine;
    let stack: ContainerStack;

    beforeAll(async () => {
      engine = await aPrivateEngine(OLDER);
      await engine.load([...Object.values(IMAGES), BASE]);
      stack = await aContainerStack({ host: engine.host });
    });
    afterAll(() => engine?.remove(), 60_000);

    it('goes from nothing to a proven conversation, and changes nothing the second time', async () => {
      expect(engine.version).toMatch(/^20\.10\./);
      const first = await stack.drive(['up']).ended;
      expect(first).toMatchObject({ status: 0, stderr: '' });
      expect(first.stdout).toMatch(/the bot posted through the front door and read back/);
      expect((await stack.drive(['up']).ended).stdout).toMatch(/^0 changes/m);
      await expectConverged(stack);
    });

    it('is brought up by `docker compose up` alone from files without start_interval', async () => {
      expect(await stack.drive(['down', '--volumes', '--yes']).ended).toMatchObject({ status: 0 });
      stack.write('chatops.yaml', `${stack.read('chatops.yaml')}docker: { startInterval: false }\n`);
      expect(await stack.drive(['render']).ended).toMatchObject({ status: 0 });
      await stack.compose('up', '--detach');
      const { conversation, announcement } = await stack.containers();
      const ends = await stack.docker('wait', conversation?.id ?? '', announcement?.id ?? '');
      expect(ends.trim().split('\n')).toEqual(['0', '0']);
    });
  });
};
