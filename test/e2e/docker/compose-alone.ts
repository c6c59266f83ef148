/** The rendered files alone, without any help of ours, on real containers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOOLS } from '../images/build.mjs';
import { aContainerStack, type ContainerStack, docker } from './containers.ts';
import { within } from './images-used.ts';

const SERVICES = ['bot', 'gitlab', 'gitlab-runner', 'mongo', 'nginx', 'prober', 'rocketchat'];
const JOBS = [
  ...['announcement', 'conversation', 'gitlab-setup', 'mongo-replica-set', 'rocketchat-setup'],
  'runner-registration',
];

export const composeAlone = (): void => {
  describe('docker compose up -d --wait', () => {
    let stack: ContainerStack;

    /** Rejects when it ends with another status than 0. */
    const upAndWait = (): Promise<string> => stack.compose('up', '-d', '--wait');

    beforeAll(async () => {
      stack = await aContainerStack();
      const rendered = await stack.command('render');
      expect(rendered.status).toBe(0);
      await upAndWait();
    }, within(90_000));

    afterAll(() => stack?.remove(), within(60_000));

    it('brings every service to healthy and every job to its end', async () => {
      const containers = await stack.containers();
      const health = Object.fromEntries(SERVICES.map((name) => [name, containers[name]?.health]));
      expect(health).toEqual(Object.fromEntries(SERVICES.map((name) => [name, 'healthy'])));
      const ends = Object.fromEntries([...JOBS, 'tools'].map((name) => [name, containers[name]?.exitCode]));
      expect(ends).toEqual(Object.fromEntries([...JOBS, 'tools'].map((name) => [name, 0])));
    });

    it('has proven the conversation and the announcement', async () => {
      expect(await stack.compose('logs', '--no-log-prefix', 'conversation')).toMatch(/conversation: done/);
      expect(await stack.compose('logs', '--no-log-prefix', 'announcement')).toMatch(/announcement: done/);
    });

    it('shows no secret in any log', async () => {
      const logs = await stack.compose('logs');
      const values = stack
        .read('.env')
        .split('\n')
        .flatMap((line) => /^[A-Z_]+=(.+)$/.exec(line)?.[1] ?? []);
      expect(values.length).toBeGreaterThan(4);
      expect(values.filter((value) => logs.includes(value))).toEqual([]);
    });

    it(
      'run again, restarts no service, and every job finds nothing to change',
      async () => {
        const before = await stack.containers();
        const since = new Date().toISOString();
        await upAndWait();
        const after = await stack.containers();
        const lives = (containers: typeof before) =>
          SERVICES.map((name) => `${name} ${containers[name]?.id} ${containers[name]?.startedAt}`);
        expect(lives(after)).toEqual(lives(before));
        const logs = await stack.compose('logs', '--no-log-prefix', '--since', since, ...JOBS);
        expect(logs.match(/: done after .+$/gm)).toHaveLength(JOBS.length);
        expect(logs.match(/, nothing to change$/gm)).toHaveLength(JOBS.length);
      },
      within(60_000),
    );

    it('lets every container do what compose.yaml says, and nothing more', async () => {
      const containers = await stack.containers();
      const read = async (service: string): Promise<Record<string, unknown>> =>
        JSON.parse(await docker('inspect', '--format', '{{json .HostConfig}}', containers[service]?.id ?? service));
      const least = { CapDrop: ['ALL'], ReadonlyRootfs: true, SecurityOpt: ['no-new-privileges:true'], PidsLimit: 256 };
      for (const service of ['bot', 'prober', 'tools', ...JOBS]) {
        expect({ service, ...(await read(service)) }).toMatchObject({ service, ...least, Memory: 512 * 1024 ** 2 });
      }
      // As the kernel has it, inside.
      const status = await docker('exec', containers.mongo?.id ?? 'mongo', 'cat', '/proc/self/status');
      expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
      // CHOWN, DAC_OVERRIDE, SETGID and SETUID: bits 0, 1, 6 and 7 (linux/capability.h).
      expect(status).toMatch(/^CapBnd:\s+0{14}c3$/m);
    });

    it('carries the probe into an image that has no C library where programs look for one', async () => {
      const volume = `${stack.name}_tools-0.1.0`;
      const asked = docker(
        ...['run', '--rm', '--network', `${stack.name}_data`, '--volume', `${volume}:/opt/chatops:ro`],
        ...['--entrypoint', '/opt/chatops/chatops-probe', TOOLS, 'mongo', 'mongo:27017'],
      );
      await expect(asked).resolves.toBe('PRIMARY of rs0\n');
    });
  });
};
