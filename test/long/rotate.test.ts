/** The hooks' secret changed by command, as a user runs it, on the embedded engine. */
import { beforeAll, describe, expect, it } from 'vitest';
import { aStack, type TestStack } from '../helpers/cli.ts';

const CONFIG = `name: demo
gitlab:
  announce:
    - { project: chatops/hello, room: ci, events: [push] }
runner: false
`;

const secretIn = (env: string): string | undefined => /^CHATOPS_HOOK_SECRET=(.*)$/m.exec(env)?.[1];

describe('rotate hook-secret', () => {
  let stack: TestStack;
  let before: string;
  beforeAll(async () => {
    stack = await aStack(CONFIG);
    expect((await stack.up()).status).toBe(0);
    before = stack.read('.env');
  });

  it('changes that line of .env, and the chat, the hook and the chat again', async () => {
    const { status, stderr } = await stack.command('rotate', ['hook-secret']);
    expect([stderr, status]).toEqual(['', 0]);
    const after = stack.read('.env');
    expect(secretIn(after)).not.toBe(secretIn(before));
    expect(after.replace(secretIn(after) ?? '', secretIn(before) ?? '')).toBe(before);
    // Listed by server; their order is judged where deliveries go on meanwhile (secret-rotation.long.test.ts).
    expect(stack.writes()).toEqual([
      expect.stringMatching(/^gitlab PUT \/api\/v4\/projects\/[^/]+\/hooks\/\d+$/),
      'rocketchat PUT /api/v1/integrations.update',
      'rocketchat PUT /api/v1/integrations.update',
    ]);
  });

  it('leaves nothing to do', async () => {
    expect((await stack.up()).status).toBe(0);
    expect(stack.writes()).toEqual([]);
  });

  it('changes nothing else, and says what it can change', async () => {
    const { status, stderr } = await stack.command('rotate', ['hook-secrt']);
    expect(status).toBe(64);
    expect(stderr).toContain('did you mean hook-secret?');
  });

  it('leaves a secret alone that the environment gives', async () => {
    const env = { CHATOPS_HOOK_SECRET: 'a-secret-of-the-environment' };
    const { status, stderr } = await stack.command('rotate', ['hook-secret'], { env });
    expect(status).toBe(64);
    expect(stderr).toContain('the environment gives its value');
    expect(stderr).not.toContain(env.CHATOPS_HOOK_SECRET);
  });
});
