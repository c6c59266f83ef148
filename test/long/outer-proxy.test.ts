/** A stack behind a proxy of others, on the embedded engine: it comes up and is proven although that proxy is not there. */
import { describe, expect, it } from 'vitest';
import { aStack } from '../helpers/cli.ts';
import { freePort } from '../helpers/free-port.ts';

/** Under `.test` no name is known to any resolver (RFC 6761, 6.2). */
const aStackBehind = async () => {
  const [http, ssh] = [await freePort(), await freePort()];
  return aStack(
    `name: demo\ndomain: example.test\nports: { http: ${http}, ssh: ${ssh} }\npublic: { proxies: [192.0.2.1] }\n`,
  );
};

describe('a stack behind a proxy that is not there yet', () => {
  it('is proven past it, shows the addresses of users, and has nothing to change the second time', async () => {
    const stack = await aStackBehind();
    const { status, stdout } = await stack.up();
    expect(stdout).toMatch(/the bot posted through the front door and read back/);
    expect(stdout).toContain('https://chat.example.test');
    expect(status).toBe(0);
    expect((await stack.up()).stdout).toContain('0 changes');
  });

  it('passes smoke, which leaves the forms to who asks with --public', async () => {
    const stack = await aStackBehind();
    await stack.up();
    const { status, stdout } = await stack.command('smoke');
    expect(stdout).toMatch(/forms {2}the public address leads through a proxy that is not ours: ask with --public/);
    expect(stdout).toMatch(/virtual host chat\.example\.test .* answers as rocketchat, WebSocket included/);
    expect(status).toBe(0);
  });
});
