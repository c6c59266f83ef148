/** Runs that fail on real containers: what is said, with which exit status, and how soon. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, run, start } from '../../helpers/cli.ts';
import { NGINX, STANDINS } from '../images/build.mjs';
import { aContainerStack, buildFrom, type ContainerStack, docker } from './containers.ts';
import { aRegistry } from './registry.ts';

/** What a run may take beyond the deadline of the gate that it fails at, ms. */
const GRACE_MS = 1_000;

/** Deadline of every link that is broken here, s. */
const DEADLINE_S = 30;
const DEADLINES = `timeouts: { mongo: ${DEADLINE_S}s, rocketchat: ${DEADLINE_S}s, rocketchat-setup: ${DEADLINE_S}s }\n`;

/** The whole run took no longer than the link that failed may have, and a second. */
const expectInTime = ({ stdout }: Ended): void => {
  const [, ms, s] = /^failed after (?:(\d+) ms|([\d.]+) s);/m.exec(stdout) ?? [];
  expect(ms === undefined ? Number(s) * 1_000 : Number(ms)).toBeLessThanOrEqual(DEADLINE_S * 1_000 + GRACE_MS);
};

const up = (stack: ContainerStack): Promise<Ended> =>
  run('chatops-up', ['up', '--dir', stack.dir, '--engine', 'docker']);

const said = ({ stdout, stderr }: Ended): string => `${stdout}${stderr}`;

const edit = (stack: ContainerStack, file: string, from: RegExp, to: string): void => {
  const text = stack.read(file);
  expect(text).toMatch(from);
  stack.write(file, text.replace(from, to));
};

const secretsOf = (stack: ContainerStack): readonly string[] =>
  stack
    .read('.env')
    .split('\n')
    .flatMap((line) => /^[A-Z_]+=(.{6,})$/.exec(line)?.[1] ?? []);

const expectNoSecret = (stack: ContainerStack, ended: Ended): void => {
  const secrets = secretsOf(stack);
  expect(secrets.length).toBeGreaterThan(1);
  expect(secrets.filter((secret) => said(ended).includes(secret))).toEqual([]);
};

const nothingIsMade = (): void => {
  describe('before anything is made', () => {
    let stack: ContainerStack;

    beforeAll(async () => {
      stack = await aContainerStack();
      expect((await stack.command('render')).status).toBe(0);
    });

    afterAll(() => stack?.remove(), 60_000);

    it('an image that its registry does not have is reported once: who wants it, where it is named, what to do', async () => {
      const registry = await aRegistry();
      const good = stack.read('chatops.yaml');
      const missing = `${registry.host}/chatops/rocket.chat:8.5`;
      edit(stack, 'chatops.yaml', /rocketchat: .+/, `rocketchat: ${missing}`);
      const ended = await up(stack);
      registry.close();
      stack.write('chatops.yaml', good);
      expect(ended.status).toBe(1);
      expect(said(ended).match(/IMAGE_MISSING/g)).toHaveLength(1);
      expect(ended.stderr).toContain(`${missing}, for rocketchat: `);
      expect(ended.stderr).toMatch(/manifest unknown/);
      expect(ended.stderr).toMatch(/most likely: its registry does not have that tag/);
      expect(ended.stderr).toContain(`docker pull ${missing}`);
      expect(ended.stderr).toContain('images.rocketchat');
      expect(await stack.containers()).toEqual({});
      expectNoSecret(stack, ended);
    });

    it('a port that another program holds is named, with the setting that changes it', async () => {
      const port = Number(/http: (\d+)/.exec(stack.read('chatops.yaml'))?.[1]);
      const other = createServer();
      await new Promise<void>((resolve) => other.listen(port, '0.0.0.0', resolve));
      const ended = await up(stack);
      other.close();
      expect(ended.status).toBe(1);
      expect(said(ended)).toMatch(new RegExp(`PORT_TAKEN .*port ${port}`));
      expect(said(ended)).toContain('under `ports:`');
      expectNoSecret(stack, ended);
    });
  });
};

const freshStacks = (): void => {
  describe('a first run that fails', () => {
    let stack: ContainerStack;

    beforeAll(async () => {
      // The shortest chain that has a service behind a job.
      stack = await aContainerStack({ more: `gitlab: none\n${DEADLINES}` });
      expect((await stack.command('render')).status).toBe(0);
    });

    afterAll(() => stack?.remove(), 60_000);

    it('ends at the deadline of a service that never becomes ready, with 124 and its answers over time', async () => {
      const asleep = `${STANDINS.rocketchat}-asleep`;
      await buildFrom(
        asleep,
        `FROM ${NGINX}\nENTRYPOINT ["sh", "-c", "echo nobody listens here; exec sleep infinity"]\n`,
      );
      const good = stack.read('chatops.yaml');
      edit(stack, 'chatops.yaml', /rocketchat: .+/, `rocketchat: ${asleep}`);
      edit(stack, 'chatops.yaml', /rocketchat: 30s/, 'rocketchat: 8s');
      const running = start('chatops-up', ['up', '--dir', stack.dir, '--engine', 'docker']);
      await running.says('rocketchat: started');
      const since = performance.now();
      const ended = await running.ended;
      const took = performance.now() - since;
      stack.write('chatops.yaml', good);
      expect(ended.status).toBe(124);
      expect(ended.stdout).toContain('GATE_TIMED_OUT  gate rocketchat did not open within 8.0 s');
      expect(ended.stdout).toMatch(/s to \d+\.\d s, \d+ times: .*connection refused/);
      expect(ended.stdout).toMatch(
        /most likely: the process of rocketchat runs, and nothing in it has opened its port/,
      );
      expect(ended.stdout).toMatch(/state \S+-rocketchat-1: running since .*, did not end in this run/);
      expect(ended.stdout).toContain('| nobody listens here');
      expect(ended.stdout).toMatch(/not reached because of it: .*rocketchat-setup/);
      expect(ended.stdout).toContain(`docker logs ${stack.name}-rocketchat-1`);
      expect(took).toBeLessThan(8_000 + GRACE_MS);
      expectNoSecret(stack, ended);
    });

    it('is given up at once where a volume is full, long before the deadline', async () => {
      await stack.remove();
      // Room for no file at all: the first one that is made finds the volume full.
      await docker(
        ...['volume', 'create', '--opt', 'type=tmpfs', '--opt', 'device=tmpfs', '--opt', 'o=size=64k,nr_inodes=1'],
        ...['--label', `com.docker.compose.project=${stack.name}`, '--label', 'com.docker.compose.volume=mongo-data'],
        `${stack.name}_mongo-data`,
      );
      const ended = await up(stack);
      await stack.remove();
      expect(ended.status).toBe(1);
      expect(ended.stdout).toContain('SERVICE_FAILED  service mongo ended before it was ready');
      expect(ended.stdout).toMatch(
        /most likely: a volume of mongo \(mongo-data at \/data\/db\), or the disk under it, is full/,
      );
      expect(ended.stdout).toMatch(/\| .*no space left on device/);
      expect(ended.stdout).toMatch(/docker system df/);
      expectInTime(ended);
      expect(ended.stdout).toMatch(/not reached because of it: mongo-replica-set, rocketchat/);
      expectNoSecret(stack, ended);
    });

    it('of an image that is not here begins with fetching it, with the login that Docker has for its registry', async () => {
      const login = 'alice:pass-word-2931';
      // With a layer that the engine cannot know yet.
      const far = `${NGINX}-far`;
      await buildFrom(far, `FROM ${NGINX}\nRUN echo ${stack.name} > /far\n`);
      const registry = await aRegistry({ image: far, login });
      await docker('rmi', far);
      const image = `${registry.host}/team/nginx:1.22`;
      const good = stack.read('chatops.yaml');
      edit(stack, 'chatops.yaml', /nginx: .+/, `nginx: ${image}`);
      const refused = await up(stack);
      const config = mkdtempSync(join(tmpdir(), 'chatops-docker-'));
      const auths = { [registry.host]: { auth: Buffer.from(login).toString('base64') } };
      writeFileSync(join(config, 'config.json'), JSON.stringify({ auths }));
      const ended = await run('chatops-up', ['up', '--dir', stack.dir, '--engine', 'docker'], {
        env: { DOCKER_CONFIG: config },
      });
      registry.close();
      stack.write('chatops.yaml', good);
      expect(refused.status).toBe(1);
      expect(refused.stderr).toMatch(/there is no such repository, or it is private/);
      expect(refused.stderr).toContain(`docker login ${registry.host}`);
      expect(ended.stderr).toBe('');
      expect(ended.status).toBe(0);
      expect(ended.stdout).toContain(`image ${image}: being fetched for nginx\n`);
      expect(ended.stdout).toMatch(new RegExp(`image ${image}: fetched after `));
      expect(said(ended)).not.toContain('pass-word-2931');
      expect(registry.given()).toBeGreaterThan(0);
      await stack.remove();
      await docker('rmi', image);
    });

    it('is stopped by Ctrl-C with 130, leaves no job at work, and the next run goes on to the end', async () => {
      await stack.remove();
      const running = start('chatops-up', ['up', '--dir', stack.dir, '--engine', 'docker']);
      await running.says('rocketchat-setup: + ');
      running.process.kill('SIGINT');
      const stopped = await running.ended;
      expect(stopped.status).toBe(130);
      const jobs = await docker('ps', '-q', '--filter', `label=io.chatops-up.project=${stack.name}`);
      expect(jobs.trim()).toBe('');
      const again = await up(stack);
      expect(again.stderr).toBe('');
      expect(again.status).toBe(0);
      expect((await up(stack)).stdout).toContain('0 changes');
    });
  });
};

const workingStacks = (): void => {
  describe('a stack that worked', () => {
    let stack: ContainerStack;
    let env: string;

    beforeAll(async () => {
      stack = await aContainerStack({ more: `gitlab: none\n${DEADLINES}` });
      const first = await up(stack);
      expect(first.stderr).toBe('');
      expect(first.status).toBe(0);
      env = stack.read('.env');
    });

    afterAll(() => stack?.remove(), 60_000);

    const withVariable = async (name: string, value: string): Promise<Ended> => {
      edit(stack, '.env', new RegExp(`^${name}=.*$`, 'm'), `${name}=${value}`);
      const ended = await up(stack);
      expectNoSecret(stack, ended);
      stack.write('.env', env);
      return ended;
    };

    it.each(['CHATOPS_ADMIN_PASSWORD', 'CHATOPS_BOT_PASSWORD'])(
      'says which variable of .env differs from the account: %s',
      async (name) => {
        const ended = await withVariable(name, 'Another-Word-2931-x');
        expect(ended.status).toBe(1);
        expect(ended.stdout).toMatch(new RegExp(`most likely: ${name} differs from the password that the account has`));
        expect(ended.stdout).toMatch(/put the old value back into \.env/);
        expect(ended.stdout).toMatch(/not reached because of it: bot/);
        expectInTime(ended);
        expect((await up(stack)).status).toBe(0);
      },
      120_000,
    );

    it('undoes a limit that was set by hand, so that chatops.yaml says what holds', async () => {
      const id = (await stack.containers()).rocketchat?.id ?? '';
      await docker('update', '--memory', '1g', '--memory-swap', '1g', id);
      const planned = await stack.drive(['plan']).ended;
      expect(planned.stdout).toContain('~ rocketchat  (limits changed)');
      expect((await up(stack)).status).toBe(0);
      const now = (await stack.containers()).rocketchat?.id ?? '';
      expect(await docker('inspect', '--format', '{{.HostConfig.Memory}}', now)).toMatch(/^2147483648/);
    });

    it('says that a container was killed for memory, and what it may use', async () => {
      const config = stack.read('chatops.yaml');
      stack.write('chatops.yaml', `${config}limits: { rocketchat: { memory: 16m } }\n`);
      const ended = await up(stack);
      expect(ended.status).toBe(1);
      expect(ended.stdout).toContain('SERVICE_FAILED  service rocketchat ended before it was ready');
      expect(ended.stdout).toContain('most likely: rocketchat was killed for memory: its container may use 16 MiB');
      expect(ended.stdout).toMatch(/ended 4 times in this run, exit code 137, killed for memory, memory limit 16 MiB/);
      expect(ended.stdout).toContain('limits: { rocketchat: { memory: 4g } }');
      expectInTime(ended);
      expectNoSecret(stack, ended);
      stack.write('chatops.yaml', config);
      expect((await up(stack)).status).toBe(0);
    });
  });
};

export const diagnosis = (): void => {
  describe('when something fails', () => {
    nothingIsMade();
    freshStacks();
    workingStacks();
  });
};
