import { describe, expect, it } from 'vitest';
import { aStack } from '../helpers/cli.ts';

describe('doctor on the embedded engine', () => {
  it('shows the status, and why there is no network to look at', async () => {
    const stack = await aStack();
    expect((await stack.up()).status).toBe(0);
    const all = await stack.command('doctor');
    expect(all.stderr).toBe('');
    expect(all.stdout).toContain('everything is usable and as wanted');
    expect(all.status).toBe(0);
    const network = await stack.command('doctor', ['network']);
    expect(network.status).toBe(1);
    expect(network.stderr).toMatch(
      /the embedded engine has no network to look at\n {2}why .*\n {2}next .*--engine docker/,
    );
  });

  it('says what it knows when it is asked for something else', async () => {
    const stack = await aStack();
    const ended = await stack.command('doctor', ['who']);
    expect(ended.status).toBe(64);
    expect(ended.stderr).toContain('the doctor knows nothing of "who"');
    expect(ended.stderr).toContain('chatops-up doctor network');
  });
});

describe('logs', () => {
  it('says what to read instead on the embedded engine, and which services there are', async () => {
    const stack = await aStack();
    const none = await stack.command('logs');
    expect(none.status).toBe(1);
    expect(none.stderr).toMatch(/the embedded engine keeps no logs\n {2}why .*\n {2}next .*journal\.jsonl/);
    const unknown = await stack.command('logs', ['nobody']);
    expect(unknown.status).toBe(64);
    expect(unknown.stderr).toMatch(/this stack has no service nobody\n {2}why .*mongo.*rocketchat/);
    const many = await stack.command('logs', ['--tail', 'all']);
    expect(many.status).toBe(64);
    expect(many.stderr).toContain('give a number of lines');
  });
});
