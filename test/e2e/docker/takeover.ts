/**
 * A stack that chatops-up 0.1 has made, with its own program and its own tools image, and this version over it: one
 * network for all, a database without users, no limits, one secret for all hooks, an instance's runner for any job.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftOutSuite } from '../../helpers/available.ts';
import { collect, type Ended } from '../../helpers/cli.ts';
import { BASE, TOOLS } from '../images/build.mjs';
import { aContainerStack, type ContainerStack } from './containers.ts';
import { expectEverythingOnce, expectNoRunLeft, runInside } from './counting.ts';
import { within } from './images-used.ts';
import { version01, whyNoVersion01 } from './version-01.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** 0.1 knew no image of the runner's helper. */
const RUNNER = `runner: { image: "${BASE}" }`;
const WORDS = 'kept since 0.1';

/** Logs in as the administrator. */
const CHAT = `
const base = 'http://rocketchat:3000/api/v1/';
const call = async (path, body, headers = {}) =>
  (await fetch(base + path, body && { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) })).json();
const { data } = await call('login', { user: 'chief', password: process.env.CHATOPS_ADMIN_PASSWORD });
const headers = { 'X-User-Id': data.userId, 'X-Auth-Token': data.authToken };
`;
const POST = `${CHAT}
const { success } = await call('chat.postMessage', { channel: '#ops', text: '${WORDS}' }, headers);
console.log(success);
`;
const READ = `${CHAT}
const answer = await fetch(base + 'channels.history?roomName=ops', { headers });
console.log((await answer.json()).messages.filter(({ msg }) => msg === '${WORDS}').length);
`;
const PEOPLE = 'http://gitlab/api/v4/users';
const INVITE = `
const headers = { 'PRIVATE-TOKEN': process.env.CHATOPS_GITLAB_TOKEN, 'Content-Type': 'application/json' };
const person = { username: 'wilma', name: 'Wilma', email: 'wilma@example.org', password: 'a long way home 7' };
console.log((await fetch('${PEOPLE}', { method: 'POST', headers, body: JSON.stringify(person) })).status);
`;
const LOOK_FOR = `
const headers = { 'PRIVATE-TOKEN': process.env.CHATOPS_GITLAB_TOKEN };
console.log((await (await fetch('${PEOPLE}?username=wilma', { headers })).json()).length);
`;

/** What a run is killed at: it has said this. */
const MOMENTS = [
  'file compose.yaml',
  'mongo: started',
  'mongo-replica-set: + database user',
  'gitlab-runner: started',
  'rocketchat-setup: ~ webhook',
  'gitlab-setup: ~ hook',
];

const takingOver = (): void => {
  describe('a stack of 0.1', () => {
    let stack: ContainerStack;

    const command = (...words: readonly string[]): Promise<Ended> => stack.drive(words).ended;
    const inside = async (service: string, text: string): Promise<string> =>
      (await runInside(stack, (await stack.containers())[service]?.id ?? service, text)).trim();

    beforeAll(async () => {
      const { dist, tools } = version01(root);
      stack = await aContainerStack({ images: { tools }, more: `${RUNNER}\n` });
      const words = [join(dist, 'chatops-up.js'), 'up', '--dir', stack.dir, '--engine', 'docker'];
      const ended = await collect(spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] }));
      expect(ended).toMatchObject({ status: 0, stderr: '' });
      expect(await inside('rocketchat', POST)).toBe('true');
      expect(await inside('gitlab', INVITE)).toBe('201');
      // As for somebody who has updated the package: there the default names another image.
      const runner = RUNNER.replace(' }', `, helperImage: "${BASE}" }`);
      stack.write('chatops.yaml', stack.read('chatops.yaml').replace(tools, TOOLS).replace(RUNNER, runner));
    }, within(600_000));

    afterAll(() => stack?.remove(), within(60_000));

    it('is planned with networks, limits, users of the database and tokens of hooks, asked of what runs', async () => {
      const { status, stdout, stderr } = await command('plan', '--detailed-exitcode');
      expect(stderr).toBe('');
      for (const service of ['mongo', 'rocketchat', 'gitlab', 'gitlab-runner', 'nginx', 'prober', 'bot'])
        expect(stdout).toMatch(new RegExp(`^ {2}~ ${service} +\\(.*limits, networks`, 'm'));
      expect(stdout).toMatch(/^ {2}\+ database user rocketchat /m);
      expect(stdout).toMatch(/^ {2}\+ database user probe /m);
      expect(stdout).toMatch(/^ {2}~ webhook chatops-up:\S+ gitlab /m);
      expect(stdout).toMatch(/^ {2}~ hook project chatops\/hello → #ci /m);
      expect(stdout).not.toContain('as for a new server');
      expect(status).toBe(2);
    });

    it('is as it was after that: the program that was asked is gone, and no network or volume has come', async () => {
      await expectNoRunLeft(stack);
      const networks = await stack.docker('network', 'ls', '--format', '{{.Name}}', '--filter', `name=^${stack.name}_`);
      expect(networks.trim()).toBe(`${stack.name}_chatops`);
    });

    it(
      'is taken over by one up, also where that is killed time and again',
      async () => {
        for (const moment of MOMENTS) {
          const running = stack.drive(['up']);
          await running.says(moment);
          running.process.kill('SIGKILL');
          await running.ended;
        }
        const up = await command('up');
        expect([up.status, up.stderr]).toEqual([0, '']);
      },
      within(600_000),
    );

    it('has everything once then, and nothing is left to do', async () => {
      expect((await command('plan', '--detailed-exitcode')).status).toBe(0);
      expect((await command('up')).stdout).toMatch(/^0 changes/m);
      await expectEverythingOnce(stack);
    });

    it('has kept what its users have made', async () => {
      expect(await inside('rocketchat', READ)).toBe('1');
      expect(await inside('gitlab', LOOK_FOR)).toBe('1');
    });
  });
};

export const takeover = (): void => {
  const why = whyNoVersion01(root);
  if (why === undefined) takingOver();
  else leftOutSuite('a stack of 0.1 taken over', why);
};
