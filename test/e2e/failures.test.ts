/** What cannot come any more is not waited for: the run ends soon, says which link broke, and goes on from there later. */
import { describe, expect, it } from 'vitest';
import { aStack } from '../helpers/cli.ts';

describe('an existing MongoDB that is not there', () => {
  it('ends the chat with its own reason; what waits for it is not reached, GitLab is', async () => {
    const stack = await aStack('name: demo\nmongo: { kind: external }\n');
    stack.write('.env', "CHATOPS_MONGO_URL='mongodb://chat:s3cr3tpass@db.invalid:27017/rocketchat?replicaSet=rs1'\n");

    const { status, stdout } = await stack.up();

    expect(status).toBe(1);
    expect(stdout).toMatch(
      /SERVICE_FAILED {2}service rocketchat ended before it was ready\n {2}why {3}MongoServerSelectionError/,
    );
    expect(stdout).toContain('nginx: not reached, because rocketchat failed');
    expect(stdout).toMatch(/gitlab: ready after/);
    expect(stdout).toMatch(/runner-registration: done/);
    expect(stdout).not.toContain('s3cr3tpass');
  });

  it('is asked for by name when its address is missing', async () => {
    const stack = await aStack('name: demo\nmongo: { kind: external }\n');
    const { status, stderr } = await stack.up();
    expect(status).toBe(78);
    expect(stderr).toMatch(/^SECRET_MISSING {2}CHATOPS_MONGO_URL has no value in \.env/);
  });
});
