/** A stack whose chat is Mattermost: the real PostgreSQL and nginx, Mattermost and GitLab played by stand-ins in images. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ended } from '../../helpers/cli.ts';
import { brokenRules } from './benchmark.ts';
import { aContainerStack, type ContainerStack } from './containers.ts';
import { MATTERMOST_IMAGES } from './images-used.ts';

const MORE = `
chat:
  kind: mattermost
  rooms: [ops, ci, { name: board, kind: private, members: [alice] }]
  users: [alice]
`;
const OWN_SERVICES = ['mattermost', 'postgres'];

export const mattermost = (): void => {
  describe('a stack with Mattermost', () => {
    let stack: ContainerStack;
    let first: Ended;

    const command = (...words: readonly string[]): Promise<Ended> => stack.drive(words).ended;

    const expectNothingToDo = async (): Promise<void> => {
      const { status, stdout } = await command('up');
      expect(stdout).toMatch(/^0 changes/m);
      expect(status).toBe(0);
    };

    beforeAll(async () => {
      stack = await aContainerStack({ more: MORE, images: MATTERMOST_IMAGES });
      first = await command('up');
    });

    afterAll(() => stack?.remove());

    it('comes from nothing to a proven conversation and a pipeline event that became a message', () => {
      expect(first.stderr).toBe('');
      expect(first.status).toBe(0);
      expect(first.stdout).toMatch(/^mattermost-setup: \+ channel board/m);
      expect(first.stdout).toMatch(/the bot posted through the front door and read back/);
      expect(first.stdout).toMatch(/a GitLab pipeline event became the message/);
    });

    it('has containers of its own chat and database, and none of another', async () => {
      const services = Object.keys(await stack.containers());
      expect(services).toEqual(expect.arrayContaining(OWN_SERVICES));
      expect(services).not.toContain('mongo');
      expect(services).not.toContain('rocketchat');
    });

    it('changes nothing the second time, and everything is usable and as wanted', async () => {
      await expectNothingToDo();
      expect((await command('plan', '--detailed-exitcode')).status).toBe(0);
      expect((await command('status')).stdout).toContain('everything is usable and as wanted');
    });

    it('runs no container that breaks a rule of the CIS Docker Benchmark but for a reason that is written down', async () => {
      const all = await stack.containers();
      const broken = OWN_SERVICES.map(async (name) => [name, await brokenRules(all[name]?.id ?? name)] as const);
      expect(Object.fromEntries(await Promise.all(broken))).toEqual({ mattermost: ['5.13'], postgres: ['5.13'] });
    });

    it('loses nothing when its database is started again', async () => {
      await stack.compose('restart', 'postgres');
      await expectNothingToDo();
    });

    it('is proven by smoke, a pipeline that becomes a message among it', async () => {
      const { status, stdout } = await command('smoke', '--loop');
      expect(stdout).not.toContain('FAIL');
      expect(stdout).toMatch(/WebSocket included/);
      expect(status).toBe(0);
    });

    it('is the same stack after it was removed, its volumes kept', async () => {
      await command('down');
      const again = await command('up');
      expect(again.status).toBe(0);
      expect(again.stdout).not.toMatch(/^mattermost-setup: \+/m);
      await expectNothingToDo();
    });
  });
};
