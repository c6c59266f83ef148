/** `doctor` on real containers: who reaches whom, with one way broken by Docker itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ended } from '../../helpers/cli.ts';
import { aContainerStack, type ContainerStack } from './containers.ts';
import { within } from './images-used.ts';

const SERVICES = ['bot', 'gitlab', 'gitlab-runner', 'mongo', 'nginx', 'prober', 'rocketchat'];

interface Way {
  readonly from: string;
  readonly to: string;
  readonly needed: boolean;
  readonly forbidden: boolean;
  readonly kind: string;
  readonly address?: string;
}

export const doctor = (): void => {
  describe('the doctor', () => {
    let stack: ContainerStack;

    const command = (...words: readonly string[]): Promise<Ended> => stack.drive(words).ended;

    const ways = async (): Promise<readonly Way[]> =>
      (JSON.parse((await command('doctor', 'network', '--json')).stdout) as { ways: readonly Way[] }).ways;

    const containerOf = async (service: string): Promise<string> => (await stack.containers())[service]?.id ?? service;

    beforeAll(async () => {
      stack = await aContainerStack();
      expect((await command('up')).status).toBe(0);
    }, within(240_000));

    afterAll(() => stack?.remove(), within(60_000));

    it('shows who reaches whom, and that everybody reaches whom they need', async () => {
      const { status, stdout, stderr } = await command('doctor', 'network');
      expect(stderr).toBe('');
      expect(stdout).toContain('everybody reaches whom they need');
      expect(status).toBe(0);
      const [, , head = ''] = stdout.split('\n');
      expect(head.trim().split(/\s+/)).toEqual(SERVICES);
      expect(stdout).toMatch(/^mongo:27017 .*\*\d/m);
    });

    it('has resolved every name that a service may reach to an address of its container, and no other name', async () => {
      const all = await ways();
      const template = `{{(index .NetworkSettings.Networks "${stack.name}_data").IPAddress}}`;
      const address = (await stack.docker('inspect', '--format', template, await containerOf('mongo'))).trim();
      const toMongo = all.filter(({ to }) => to === 'mongo:27017');
      expect(toMongo.map(({ from }) => from)).toEqual(SERVICES);
      expect(toMongo.filter(({ kind }) => kind === 'reached').map(({ from }) => from)).toEqual([
        ...['mongo', 'prober', 'rocketchat'],
      ]);
      expect(new Set(toMongo.flatMap((way) => (way.kind === 'reached' ? [way.address] : [])))).toEqual(
        new Set([address]),
      );
      expect(all.filter(({ needed, kind }) => needed && kind !== 'reached')).toEqual([]);
      expect(all.filter(({ forbidden, kind }) => forbidden && kind !== 'no-name')).toEqual([]);
    });

    it('shows the status besides when it is asked for everything', async () => {
      const { status, stdout } = await command('doctor');
      expect(stdout).toContain('everything is usable and as wanted');
      expect(stdout).toContain('everybody reaches whom they need');
      expect(status).toBe(0);
    });

    it('leaves what containers said to logs, which takes the secrets out', async () => {
      const secret = stack.secret('CHATOPS_HOOK_SECRET');
      const says = ['exec', await containerOf('mongo'), 'sh', '-c', 'echo "leaked: $1" >/proc/1/fd/1', 'sh', secret];
      await stack.docker(...says);
      const { status, stdout } = await command('logs', 'mongo');
      expect(status).toBe(0);
      expect(stdout).toMatch(/^mongo-1 +\| leaked: ‹CHATOPS_HOOK_SECRET›$/m);
      expect(stdout).not.toContain(secret);
      const lines = (await command('logs', 'bot', '--json')).stdout.trim().split('\n');
      expect(lines.map((line) => JSON.parse(line))).toContainEqual({
        type: 'log',
        service: 'bot',
        text: expect.stringContaining('logged in as hubot'),
      });
    });

    it('lets logs be followed until it is interrupted, also beside a run', async () => {
      const following = stack.drive(['logs', 'bot', '--follow']);
      await following.says('logged in as hubot');
      expect((await command('up')).status).toBe(0);
      following.process.kill('SIGINT');
      expect((await following.ended).status).toBe(130);
    });

    it('names the way that is broken when a container is taken out of the network', async () => {
      const mongo = await containerOf('mongo');
      await stack.docker('network', 'disconnect', `${stack.name}_data`, mongo);
      const { status, stdout } = await command('doctor', 'network');
      expect(status).toBe(1);
      expect(stdout).toMatch(/^mongo:27017 .*\*no name/m);
      expect(stdout).toContain(
        `! rocketchat → mongo:27017: the container of mongo is not in the network ${stack.name}_data`,
      );
      expect(stdout).toContain('needed as it works with what mongo-replica-set has set up');
      expect(stdout).toContain('docker compose up -d --force-recreate mongo');
      expect(stdout).not.toContain('! bot → mongo');
      expect((await command('plan')).stdout).toMatch(/~ mongo {2}\(networks changed\)/);
      const fixed = await command('up');
      expect(fixed.stdout).toMatch(/^1 change: 1 service, /m);
      expect(fixed.status).toBe(0);
      expect((await ways()).filter(({ needed, kind }) => needed && kind !== 'reached')).toEqual([]);
    });

    it('names the way that must not be there when a container was put into a network that it is not in', async () => {
      await stack.docker('network', 'connect', `${stack.name}_data`, await containerOf('bot'));
      const { status, stdout } = await command('doctor', 'network');
      expect(status).toBe(1);
      expect(stdout).toMatch(/^! bot → mongo:27017: it is reached at [\d.]+, and the two share no network/m);
      expect((await command('plan')).stdout).toMatch(/~ bot {2}\(networks changed\)/);
      expect((await command('up')).status).toBe(0);
      expect((await command('doctor', 'network')).status).toBe(0);
    });

    it('names a service that does not run', async () => {
      await stack.compose('stop', 'bot');
      const { status, stdout } = await command('doctor', 'network');
      expect(status).toBe(1);
      expect(stdout).toMatch(/^! bot: bot does not run \(exited with \d+\)$/m);
      expect(stdout).toMatch(/^! prober → bot:9098: bot does not run/m);
    });
  });
};
