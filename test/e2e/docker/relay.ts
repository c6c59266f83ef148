/** The relay as a container of the tools image: the same program that Bun has compiled, its memory in a volume. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../helpers/free-port.ts';
import { deliver, HOOK_SECRET, pipelineAt, until } from '../../helpers/relay.ts';
import { type RunningMattermost, startMattermost } from '../../standins/mattermost/start-mattermost.ts';
import { ownDelivery } from '../../unit/notifier/deliveries.ts';
import { TOOLS } from '../images/build.mjs';
import { docker } from './containers.ts';

export const relay = (): void => {
  describe('the relay in a container', () => {
    const name = `chatops-relay-${process.pid}`;
    let mattermost: RunningMattermost;
    let url: string;

    const isUp = async (): Promise<boolean> => (await fetch(`${url}/health`).catch(() => undefined)) !== undefined;
    const texts = () => [...mattermost.world.posts.values()].map(({ message }) => message);

    beforeAll(async () => {
      mattermost = await startMattermost();
      const dir = mkdtempSync(join(tmpdir(), 'chatops-relay-'));
      const settings = { to: 'mattermost', url: mattermost.url, team: 'works', channels: { builds: 'builds' } };
      writeFileSync(join(dir, 'relay.json'), JSON.stringify(settings), { mode: 0o644 });
      const port = await freePort();
      url = `http://127.0.0.1:${port}`;
      const secrets = ['--env', `CHATOPS_HOOK_SECRET=${HOOK_SECRET}`];
      const token = ['--env', `CHATOPS_RELAY_TOKEN=${mattermost.world.bot.token}`];
      const files = ['--volume', `${join(dir, 'relay.json')}:/etc/chatops/relay.json:ro`];
      const memory = ['--volume', `${name}:/var/lib/chatops`];
      // The chat of this test is on the loopback of this machine.
      const where = ['--detach', '--name', name, '--network', 'host'];
      await docker('run', ...where, ...secrets, ...token, ...files, ...memory, TOOLS, 'relay', '--port', String(port));
      await until(isUp);
    });

    afterAll(async () => {
      await docker('rm', '--force', '--volumes', name);
      await docker('volume', 'rm', '--force', name);
      await mattermost.stop();
    });

    it('changes one message with its pipeline', async () => {
      await deliver({ url }, pipelineAt({ status: 'running', jobs: { build: 'running' } }));
      await until(() => mattermost.world.history.length === 1);
      await deliver({ url }, pipelineAt({ status: 'failed', jobs: { build: 'failed' } }));
      await until(() => mattermost.world.history.length === 2);
      expect(texts()).toEqual([expect.stringContaining('failed')]);
    });

    it('posts after a kill what it had taken, and still knows the message of its pipeline', async () => {
      await mattermost.sleep();
      expect((await deliver({ url }, ownDelivery('job-failed'))).status).toBe(202);
      await docker('kill', '--signal', 'KILL', name);
      await mattermost.wake();
      await docker('start', name);
      await until(isUp);
      const { header, payload } = pipelineAt({ status: 'success' });
      const builds = [{ id: 99_999, stage: 'build', name: 'build', status: 'success' }];
      await deliver({ url }, { header, payload: { ...payload, builds } });
      await until(() => mattermost.world.history.length === 4);
      expect(texts()).toEqual([expect.stringContaining('recovered'), expect.stringMatching(/^Job/)]);
    });

    it('ends at once when it is stopped, and says that it did', async () => {
      await docker('stop', name);
      expect((await docker('inspect', '--format', '{{.State.ExitCode}}', name)).trim()).toBe('0');
      expect(await docker('logs', name)).toContain('relay: stopped');
    });
  });
};
