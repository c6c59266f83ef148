/** How often everything of ours is there, by name: asked by a program of the tests from inside the network (../images/count.ts). */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { bundle } from '../images/build.mjs';
import type { ContainerStack } from './containers.ts';

const SECRETS = ['CHATOPS_ADMIN_PASSWORD', 'CHATOPS_BOT_PASSWORD', 'CHATOPS_GITLAB_TOKEN', 'CHATOPS_MONGO_KEY'];

let program: Promise<string> | undefined;

const build = async (): Promise<string> => {
  const dir = mkdtempSync(join(tmpdir(), 'chatops-count-'));
  await bundle('count.ts', join(dir, 'count.mjs'));
  const text = readFileSync(join(dir, 'count.mjs'), 'utf8');
  rmSync(dir, { recursive: true });
  return text;
};

/** Runs a program for Node inside a container of a stand-in. Resolves with what it has printed. */
export const runInside = (stack: ContainerStack, container: string, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const names = SECRETS.flatMap((name) => ['--env', name]);
    const env = {
      ...process.env,
      ...stack.engine,
      ...Object.fromEntries(SECRETS.map((name) => [name, stack.secret(name)])),
    };
    const child = spawn('docker', ['exec', '-i', ...names, container, 'node', '--input-type=module', '-'], { env });
    let [out, error] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      out += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      error += chunk;
    });
    child.once('error', reject);
    child.once('close', (status) =>
      status === 0 ? resolve(out) : reject(new Error(`counting ended with ${status}: ${error}`)),
    );
    child.stdin.end(text);
  });

/** What the default stack holds, each once. */
const once = (name: string) => ({
  users: ['chief', 'hubot', 'rocket.cat'],
  channels: ['ci', 'general', 'ops'],
  groups: [],
  inOps: ['chief', 'hubot'],
  webhooks: [`chatops-up:${name} gitlab`],
  projects: ['chatops/hello'],
  gitlabGroups: ['chatops'],
  hooks: ['?channel=ci'],
  runners: [`${name} runner`],
  setMembers: ['mongo:27017'],
  proofs: 1,
  pipelinesAskedFor: 1,
  announcedTwice: [],
});

/** Of containers for single runs. */
export const expectNoRunLeft = async (stack: ContainerStack): Promise<void> => {
  const left = await stack.docker('ps', '--all', '--quiet', '--filter', `label=io.chatops-up.project=${stack.name}`);
  expect(left.trim()).toBe('');
};

/** Everything is there, and nothing twice; no container of a single run of a job is left. */
export const expectEverythingOnce = async (stack: ContainerStack): Promise<void> => {
  program ??= build();
  const { rocketchat } = await stack.containers();
  expect(JSON.parse(await runInside(stack, rocketchat?.id ?? '', await program))).toEqual(once(stack.name));
  await expectNoRunLeft(stack);
};

/** The next run converges, the one after finds nothing to do, and nothing is there twice. */
export const expectConverged = async (stack: ContainerStack): Promise<void> => {
  const next = await stack.drive(['up']).ended;
  expect(next.stdout).toMatch(/^\d+ changes?\b/m);
  expect(next).toMatchObject({ status: 0, stderr: '' });
  const again = await stack.drive(['up']).ended;
  expect(again.stdout).toMatch(/^0 changes/m);
  expect(again.status).toBe(0);
  await expectEverythingOnce(stack);
};
