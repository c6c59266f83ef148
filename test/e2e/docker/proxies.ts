/** A machine whose Docker gives every container a proxy: what Compose adds by itself is no change, and nobody asks it inside. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ended } from '../../helpers/cli.ts';
import type { Json } from '../../helpers/live.ts';
import { aContainerStack, type ContainerStack, docker } from './containers.ts';

/** Nobody answers there: what asks it fails. */
const PROXY = 'http://127.0.0.1:9';

export const proxies = (): void => {
  describe('a stack on an engine with a proxy for containers', () => {
    let stack: ContainerStack;
    let config: string;

    const command = (...words: readonly string[]): Promise<Ended> =>
      stack.drive(words, { env: { DOCKER_CONFIG: config } }).ended;

    beforeAll(async () => {
      config = mkdtempSync(join(tmpdir(), 'chatops-docker-config-'));
      const all = { httpProxy: PROXY, httpsProxy: PROXY, noProxy: '.corp.example' };
      writeFileSync(join(config, 'config.json'), JSON.stringify({ proxies: { default: all } }));
      stack = await aContainerStack();
    });

    afterAll(async () => {
      await stack?.remove();
      rmSync(config, { recursive: true });
    }, 60_000);

    it('is proven: nothing inside goes by way of the proxy', async () => {
      const { status, stderr } = await command('up');
      expect([status, stderr]).toEqual([0, '']);
    });

    it('has the proxy in its containers, and the names that do without', async () => {
      const { id = '' } = (await stack.containers()).gitlab ?? {};
      const [{ Config }] = JSON.parse(await docker('inspect', id)) as Json[];
      expect(Config.Env).toContain(`HTTP_PROXY=${PROXY}`);
      const without = (Config.Env as string[]).find((line) => line.startsWith('NO_PROXY='));
      expect(without?.slice('NO_PROXY='.length).split(',')).toEqual(
        expect.arrayContaining(['.corp.example', 'localhost', 'gitlab', 'rocketchat', 'mongo', 'nginx']),
      );
    });

    it('is left alone by the second run', async () => {
      const { status, stdout } = await command('up');
      expect(stdout).toMatch(/^0 changes/m);
      expect(status).toBe(0);
      expect((await command('plan', '--detailed-exitcode')).status).toBe(0);
    });
  });
};
