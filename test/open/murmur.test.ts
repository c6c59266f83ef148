/** A chat that is not ours: a whole run talks in it, bot and proof, through what its part brings. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aStack, type TestStack } from '../helpers/cli.ts';
import { installPart } from './install-pages.ts';
import { createMurmur } from './murmur-server.ts';

const { server, messages } = createMurmur();

describe('a chat that is not ours', () => {
  let stack: TestStack;

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    stack = await aStack(`name: open\ngitlab: none\nparts: [./murmur.mjs]\nchat: { kind: murmur, url: "${url}" }\n`);
    installPart(stack.dir, ['murmur.mjs']);
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  it('is talked in by the bot and proven by a word that was read back; again: 0 changes', async () => {
    const up = await stack.up();
    expect(up, up.stdout + up.stderr).toMatchObject({ status: 0 });
    expect(messages.map(({ from, text }) => [from, text])).toEqual([
      ['hubot', expect.stringMatching(/^Can you hear me\? The word is [a-z]+\.$/)],
    ]);
    const again = await stack.up();
    expect(again.stdout).toContain('0 changes');
    expect(messages).toHaveLength(1);
  });

  it('is refused, not taken for another one, where its part does not say how it is talked in', async () => {
    stack.write('murmur.mjs', stack.read('murmur.mjs').replace(/^ {2}spoken,\n/m, ''));
    const { status, stdout, stderr } = await stack.up();
    expect(status, stdout).not.toBe(0);
    expect(`${stdout}${stderr}`).toContain('nobody here speaks to a chat of the kind murmur');
  });
});
