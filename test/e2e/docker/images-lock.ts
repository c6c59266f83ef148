/** images.lock on a real engine: images from a real registry (Debian's), whose names come to stand for others. */
import { existsSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { have, leftOutSuite } from '../../helpers/available.ts';
import type { Ended } from '../../helpers/cli.ts';
import type { Json } from '../../helpers/live.ts';
import { NGINX, STANDINS, TOOLS } from '../images/build.mjs';
import { aContainerStack, buildFrom, type ContainerStack, docker } from './containers.ts';
import { aRealRegistry, type RealRegistry } from './real-registry.ts';

const NEXT = 'chatops-test/mongo-next:8.0';

const locking = (): void => {
  describe('a stack whose images are locked', () => {
    let registry: RealRegistry;
    let stack: ContainerStack;
    let mongo: string;
    let first: string;
    let chat: string;

    const command = (...words: readonly string[]): Promise<Ended> => stack.drive(words).ended;
    const digestOf = (text: string, name: string): string | undefined =>
      new RegExp(`^${name} (sha256:\\S+)$`, 'm').exec(text)?.[1];
    const imageOf = async (service: string): Promise<string> => {
      const { id } = (await stack.containers())[service] ?? { id: service };
      const [{ Config }] = JSON.parse(await docker('inspect', id)) as Json[];
      return Config.Image;
    };

    beforeAll(async () => {
      registry = await aRealRegistry();
      mongo = `${registry.host}/mongo:8.0`;
      first = await registry.give(STANDINS.mongo ?? '', 'mongo:8.0');
      chat = await registry.give(STANDINS.rocketchat ?? '', 'rocket.chat:8.5');
      stack = await aContainerStack({
        more: 'gitlab: none\n',
        images: { mongo, rocketchat: `${registry.host}/rocket.chat:8.5` },
      });
      await buildFrom(NEXT, `FROM ${STANDINS.mongo}\nLABEL next=1\n`);
    });

    afterAll(async () => {
      await stack?.remove();
      await registry?.close();
      await docker('rmi', '--force', NEXT);
    }, 60_000);

    it('gets the error that an image of this machine alone has no digest, and nothing is written', async () => {
      const { status, stderr } = await command('images', 'lock', '--here');
      expect(stderr).toMatch(/^IMAGE_MISSING .*cannot be locked/);
      expect(stderr).toContain(`the engine has no ${mongo}`);
      expect(status).toBe(1);
      expect(existsSync(`${stack.dir}/images.lock`)).toBe(false);
    });

    it('cannot be locked while an image is in no registry: which one, and that the lock is as it was', async () => {
      const { status, stderr } = await command('images', 'lock');
      expect(stderr).toMatch(/^IMAGE_MISSING {2}2 images cannot be fetched from /);
      expect(stderr).toContain(`${NGINX}, for nginx`);
      expect(stderr).toContain(`${TOOLS}, for bot, prober`);
      expect(stderr).toContain('the lock is as it was');
      expect(status).toBe(1);
      expect(existsSync(`${stack.dir}/images.lock`)).toBe(false);
    });

    it('has the digests that the registry gives for its names', async () => {
      const nginx = await registry.give(NGINX, 'nginx:1.22');
      const tools = await registry.give(TOOLS, 'tools:0.1.0');
      stack.write(
        'chatops.yaml',
        stack
          .read('chatops.yaml')
          .replace(NGINX, `${registry.host}/nginx:1.22`)
          .replace(TOOLS, `${registry.host}/tools:0.1.0`),
      );
      const { status, stdout, stderr } = await command('images', 'lock');
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/^images\.lock: 4 changed;/m);
      const lock = stack.read('images.lock');
      expect(digestOf(lock, mongo)).toBe(first);
      expect(digestOf(lock, `${registry.host}/rocket.chat:8.5`)).toBe(chat);
      expect(digestOf(lock, `${registry.host}/nginx:1.22`)).toBe(nginx);
      expect(digestOf(lock, `${registry.host}/tools:0.1.0`)).toBe(tools);
    });

    it('runs what was locked, also when the name stands for another image by then', async () => {
      const moved = await registry.give(NEXT, 'mongo:8.0');
      expect(moved).not.toBe(first);
      await docker('rmi', `${mongo.split(':8.0')[0]}@${first}`);
      const up = await command('up');
      expect([up.status, up.stderr]).toEqual([0, '']);
      expect(await imageOf('mongo')).toBe(`${mongo}@${first}`);
    });

    it('changes nothing the second time', async () => {
      expect((await command('up')).stdout).toMatch(/^0 changes/m);
      expect((await command('plan', '--detailed-exitcode')).status).toBe(0);
    });

    it('is shown with what each name stands for', async () => {
      const { stdout } = await command('images', 'show');
      expect(stdout).toMatch(new RegExp(`^${mongo} +${first.slice(0, 19)} +on the engine$`, 'm'));
      const { images } = JSON.parse((await command('images', 'show', '--json')).stdout);
      expect(images).toContainEqual({
        name: mongo,
        locked: first,
        nodes: ['mongo'],
        hasLocked: true,
      });
    });

    it('gets the newer image when it is locked anew: planned first, then done and proven', async () => {
      const { stdout } = await command('images', 'lock');
      expect(stdout).toMatch(/^~ \S+\/mongo:8\.0 sha256:\w+ \(was sha256:\w+\)$/m);
      const planned = await command('plan', '--detailed-exitcode');
      expect(planned.stdout).toMatch(/mongo.*image/);
      expect(planned.status).toBe(2);
      const up = await command('up');
      expect([up.status, up.stderr]).toEqual([0, '']);
      expect(await imageOf('mongo')).not.toContain(first);
      expect((await command('plan', '--detailed-exitcode')).status).toBe(0);
    });

    it('is left as it is by a fetch, as the lock holds it', async () => {
      const held = await imageOf('mongo');
      await registry.give(STANDINS.mongo ?? '', 'mongo:8.0');
      const { status, stdout } = await command('images', 'pull');
      expect(status).toBe(0);
      expect(stdout).toContain(`  ${mongo} left: images.lock holds it\n`);
      expect(stdout).toMatch(/^0 new;/m);
      expect(await imageOf('mongo')).toBe(held);
    });

    it('without the lock runs what its names stand for once they are fetched: planned first, then done', async () => {
      const lock = stack.read('images.lock');
      onTestFinished(() => stack.write('images.lock', lock));
      rmSync(`${stack.dir}/images.lock`);
      expect((await command('images', 'pull')).status).toBe(0);
      const fetched = (await docker('images', '--quiet', '--no-trunc', mongo)).trim();
      await registry.give(NEXT, 'mongo:8.0');
      await docker('tag', fetched, mongo);
      const { stdout } = await command('images', 'pull');
      expect(stdout).toMatch(new RegExp(`^~ ${mongo} sha256:\\w+ \\(was ${first.slice(0, 19)}\\)$`, 'm'));
      expect((await command('plan')).stdout).toMatch(/mongo.*image/);
      expect((await command('up')).status).toBe(0);
      expect(await imageOf('mongo')).toBe(mongo);
      expect((await command('images', 'pull')).stdout).toMatch(/^0 new;/m);
      expect((await command('up')).stdout).toMatch(/^0 changes/m);
    });

    it('is warned of an image without a line, and of a line without an image', async () => {
      const text = stack.read('images.lock');
      stack.write('images.lock', text.replace(`${registry.host}/nginx:1.22`, 'wiki:1.0'));
      const { stderr } = await command('plan');
      expect(stderr).toContain(`images.lock has no line for ${registry.host}/nginx:1.22`);
      expect(stderr).toContain('images.lock has a line for wiki:1.0, which this stack does not use');
      stack.write('images.lock', text);
    });

    it('refuses a lock that cannot be read, at its line', async () => {
      const text = stack.read('images.lock');
      stack.write('images.lock', `${text}wiki:1.0 latest\n`);
      const { status, stderr } = await command('up');
      expect(stderr).toMatch(/^IMAGE_LOCK_DAMAGED {2}images\.lock:\d+ cannot be read/);
      expect(status).toBe(78);
      stack.write('images.lock', text);
    });
  });
};

export const imagesLock = (): void => {
  if (have('docker-registry', ['--version'])) locking();
  else leftOutSuite('images.lock on containers', 'no docker-registry');
};
