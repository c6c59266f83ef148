/** The main job as a user runs it, on the embedded engine: stand-ins for MongoDB, Rocket.Chat, GitLab, runner and nginx. */
import { existsSync, statSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { aStack, type Ended, type TestStack } from '../helpers/cli.ts';

const CONFIG = `
name: demo
chat:
  rooms: [ops, ci]
  users: [alice]
gitlab:
  announce:
    - { project: chatops/hello, room: ci, events: [push, pipeline] }
runner:
  tags: [demo]
`;

describe('the main job on stand-ins', () => {
  let stack: TestStack;
  let first: Ended;

  beforeAll(async () => {
    stack = await aStack(CONFIG);
    first = await stack.up();
  });

  it('ends with a proven conversation and a pipeline event that became a message', () => {
    expect(first.stderr).toBe('');
    expect(first.status).toBe(0);
    expect(first.stdout).toMatch(/the bot posted through the front door and read back/);
    expect(first.stdout).toMatch(/a GitLab pipeline event became the message/);
  });

  it('says which engine it used and why, and that stand-ins played', () => {
    expect(first.stdout).toContain('engine: embedded, because it was asked for with --engine embedded');
    expect(first.stdout).toMatch(/stand-ins, not the real servers: .*mongo.*rocketchat|rocketchat.*mongo/);
  });

  it('renders every file', () => {
    const files = ['compose.yaml', 'nginx/nginx.conf', 'gitlab-runner/config.toml', 'healthchecks/probes.json', '.env'];
    expect(files.filter((file) => !existsSync(stack.path(file)))).toEqual([]);
  });

  it('keeps the secrets in .env, for its owner alone, and shows none', () => {
    const values = stack
      .read('.env')
      .split('\n')
      .flatMap((line) => /^[A-Z_]+=(.+)$/.exec(line)?.[1] ?? []);
    expect(values.length).toBeGreaterThan(4);
    expect(statSync(stack.path('.env')).mode & 0o777).toBe(0o600);
    const reported = `${first.stdout}${stack.read('compose.yaml')}${stack.read('.chatops/journal.jsonl')}`;
    expect(values.filter((value) => reported.includes(value))).toEqual([]);
  });

  it('changes nothing the second time: 0 changes, and not one write reached the stand-ins', async () => {
    const second = await stack.up();
    expect(second.status).toBe(0);
    expect(second.stdout).toContain('0 changes');
    expect(stack.writes()).toEqual([]);
  });

  it('shows a usable stack as such', async () => {
    const status = await stack.command('status', ['--start']);
    expect(status.stdout).toContain('everything is usable and as wanted; its servers were started for this look only');
    expect(status.status).toBe(0);
  });
});
