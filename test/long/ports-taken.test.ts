/** The embedded engine's own ports, which nobody chose: another program may have taken them since the last run. */
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { aStack, type TestStack } from '../helpers/cli.ts';

describe('ports that the embedded engine chose', () => {
  const others: Server[] = [];
  const take = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const server = createServer().once('error', reject);
      others.push(server);
      server.listen(port, '127.0.0.1', () => resolve());
    });
  afterEach(() => {
    for (const server of others.splice(0)) server.close();
  });

  /** `service:port` → port on the loopback. */
  const placesOf = (stack: TestStack): readonly (readonly [string, number])[] =>
    Object.entries(JSON.parse(stack.read('.chatops/embedded/places.json')) as Record<string, number>);

  it('are chosen anew when other programs have taken them, and nothing else changes', async () => {
    const stack = await aStack();
    expect((await stack.up()).status).toBe(0);
    const config = stack.read('chatops.yaml');
    const own = placesOf(stack).filter(([name, port]) => !name.startsWith('mongo') && !config.includes(String(port)));
    expect(own.length).toBeGreaterThan(3);
    for (const [, port] of own) await take(port);

    const again = await stack.up();

    expect(again).toMatchObject({ status: 0, stderr: '' });
    expect(again.stdout).toContain('0 changes');
    expect(stack.writes()).toEqual([]);
  });

  it('stay as they are for a member of the replica set, known by its port: the program in the way is named', async () => {
    const stack = await aStack();
    expect((await stack.up()).status).toBe(0);
    const [, port = 0] = placesOf(stack).find(([name]) => name.startsWith('mongo')) ?? [];
    await take(port);

    const refused = await stack.up();

    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(
      new RegExp(`^PORT_TAKEN {2}port ${port} for mongo cannot be opened\\n {2}why {3}another`),
    );
    expect(refused.stderr).toMatch(
      /next {2}end that program .*, or begin with new data \(`chatops-up down --volumes`\)/,
    );
    for (const server of others.splice(0)) await new Promise((resolve) => server.close(resolve));
    expect((await stack.up()).stdout).toContain('0 changes');
  });
});
