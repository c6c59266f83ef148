/** The main job on real containers, driven by the docker engine. */
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, run, start } from '../../helpers/cli.ts';
import { brokenRules } from './benchmark.ts';
import { aContainerStack, type ContainerStack, docker } from './containers.ts';
import { within } from './images-used.ts';

const SERVICES = ['bot', 'gitlab', 'gitlab-runner', 'mongo', 'nginx', 'prober', 'rocketchat'];

const accepts = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

export const mainJob = (): void => {
  describe('the main job', () => {
    let stack: ContainerStack;
    let first: Ended;

    const command = (...words: readonly string[]): Promise<Ended> =>
      run('chatops-up', [...words, '--dir', stack.dir, '--engine', 'docker']);

    const lives = async (): Promise<readonly string[]> => {
      const all = await stack.containers();
      return SERVICES.map((name) => `${name} ${all[name]?.id} ${all[name]?.startedAt}`);
    };

    beforeAll(async () => {
      stack = await aContainerStack();
      first = await command('up');
    }, within(90_000));

    afterAll(() => stack?.remove(), within(60_000));

    it('goes from nothing to a proven conversation and a pipeline event that became a message', () => {
      expect(first.stderr).toBe('');
      expect(first.status).toBe(0);
      expect(first.stdout).toContain('engine: docker, because it was asked for with --engine docker');
      expect(first.stdout).toMatch(/the bot posted through the front door and read back/);
      expect(first.stdout).toMatch(/a GitLab pipeline event became the message/);
    });

    it('opens its ports on this machine alone, as its domain is', async () => {
      const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
      const outside = addresses.filter(({ internal, family }) => !internal && family === 'IPv4');
      const port = Number(/http: (\d+)/.exec(stack.read('chatops.yaml'))?.[1]);
      expect(await accepts('127.0.0.1', port)).toBe(true);
      // Where this machine has no other address there is none to knock at.
      const open = await Promise.all(outside.map(({ address }) => accepts(address, port)));
      expect(open).not.toContain(true);
    });

    it('runs no container that breaks a rule of the CIS Docker Benchmark but for a reason that is written down', async () => {
      const all = await stack.containers();
      const broken = SERVICES.map(async (name) => [name, await brokenRules(all[name]?.id ?? name)] as const);
      // The reasons: docs/security.md.
      expect(Object.fromEntries(await Promise.all(broken))).toEqual({
        bot: [],
        gitlab: ['5.4', '5.13', '5.26'],
        'gitlab-runner': ['5.13', '5.32'],
        mongo: ['5.13'],
        nginx: ['5.13'],
        prober: [],
        rocketchat: ['5.13'],
      });
    });

    it('shows no secret', () => {
      const values = stack
        .read('.env')
        .split('\n')
        .flatMap((line) => /^[A-Z_]+=(.+)$/.exec(line)?.[1] ?? []);
      expect(values.length).toBeGreaterThan(4);
      expect(values.filter((value) => first.stdout.includes(value))).toEqual([]);
    });

    it(
      'changes nothing the second time, restarts nothing, and plans nothing',
      async () => {
        const before = await lives();
        const second = await command('up');
        expect(second.status).toBe(0);
        expect(second.stdout).toContain('0 changes');
        expect(await lives()).toEqual(before);
        expect((await command('plan', '--detailed-exitcode')).status).toBe(0);
        expect((await command('status')).stdout).toContain('everything is usable and as wanted');
      },
      within(60_000),
    );

    it(
      'plans a changed container with its cause, and changes that one alone',
      async () => {
        const before = await lives();
        stack.write('chatops.yaml', stack.read('chatops.yaml').replace('ports:', 'admin: { name: Boss }\nports:'));
        expect((await command('plan')).stdout).toMatch(/~ rocketchat {2}\(environment changed\)/);
        const done = await command('up');
        expect(done.stderr).toBe('');
        expect(done.status).toBe(0);
        const changed = (await lives()).filter((life) => !before.includes(life)).map((life) => life.split(' ')[0]);
        expect(changed).toEqual(['rocketchat']);
      },
      within(60_000),
    );

    it(
      'goes on where a killed run stopped, with nothing doubled',
      async () => {
        await command('down', '--volumes', '--yes');
        const killed = start('chatops-up', ['up', '--dir', stack.dir, '--engine', 'docker']);
        await killed.says('+ room ops');
        killed.process.kill('SIGKILL');
        expect((await killed.ended).status).toBe(null);
        const again = await command('up');
        expect(again.status).toBe(0);
        expect(again.stdout).not.toMatch(/CONFLICT/);
        expect((await command('up')).stdout).toContain('0 changes');
        const left = await docker('ps', '-aq', '--filter', `label=io.chatops-up.project=${stack.name}`);
        expect(left.trim()).toBe('');
      },
      within(120_000),
    );

    it(
      'is stopped by down, which keeps the data: the proof of before is read back, not made again',
      async () => {
        expect((await command('down')).status).toBe(0);
        expect(await stack.containers()).toEqual({});
        const back = await command('up');
        expect(back.status).toBe(0);
        expect(back.stdout).toMatch(/changes: 7 services/);
        expect(back.stdout).not.toMatch(/\d objects?/);
      },
      within(60_000),
    );
  });
};
