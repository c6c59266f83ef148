/** A stack whose chat is Mattermost, as a user runs it, on the embedded engine. */
import { beforeAll, describe, expect, it } from 'vitest';
import { findPostgres } from '../../src/parts/postgres/client/find-postgres.ts';
import { leftOutSuite } from '../helpers/available.ts';
import { aStack, type Ended, type TestStack } from '../helpers/cli.ts';

const STACK = `
name: demo
chat:
  kind: mattermost
  rooms:
    - ops
    - ci
    - { name: board, kind: private, purpose: To decide, members: [alice] }
  users: [alice]
  hooks: [{ name: backups, room: ops }]
`;

const suite = (): void => {
  let stack: TestStack;
  let first: Ended;

  beforeAll(async () => {
    stack = await aStack(STACK);
    first = await stack.up();
  });

  it('comes from nothing to a conversation and an announced pipeline through the front door', () => {
    expect([first.status, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toContain('the bot posted through the front door and read back');
    expect(first.stdout).toContain('a GitLab pipeline event became the message');
    expect(first.stdout).toMatch(/^ {2}real programs: postgres, relay$/m);
  });

  it('opens the front door only when the server has its administrator', () => {
    const lines = first.stdout.split('\n');
    const done = lines.findIndex((line) => line.startsWith('mattermost-setup: done'));
    expect(done).toBeGreaterThan(0);
    expect(lines.findIndex((line) => line.startsWith('nginx: started'))).toBeGreaterThan(done);
  });

  it('asks for no MongoDB, and keeps its data in PostgreSQL', () => {
    const compose = stack.read('compose.yaml');
    expect(compose).not.toMatch(/mongo|rocketchat:/);
    expect(compose).toContain('MM_SQLSETTINGS_DATASOURCE');
  });

  it('changes nothing and writes nothing when it is run again', async () => {
    const { status, stdout } = await stack.up();
    expect(status).toBe(0);
    expect(stdout).toMatch(/\b0 changes\b/);
    expect(stack.writes()).toEqual([]);
  });

  it('is as wanted when it is looked at', async () => {
    const { status, stdout } = await stack.command('status', ['--start']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/mattermost-setup +as wanted/);
  });

  it('is proven by smoke, WebSocket and deliveries included', async () => {
    const { status, stdout } = await stack.command('smoke', ['--loop']);
    expect(stdout).toMatch(/chat\.\S+ answers as .*, WebSocket included/);
    expect(stdout).toContain('hubot may post in board');
    expect(stdout).not.toContain('FAIL');
    expect(status).toBe(0);
  });
};

if (findPostgres({ PATH: process.env.PATH })) describe('a stack with Mattermost', suite);
else leftOutSuite('a stack with Mattermost', 'there is no postgres');
