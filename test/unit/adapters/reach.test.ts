import { describe, expect, it } from 'vitest';
import { reach } from '../../../src/adapters/reach.ts';
import { parseReachLine } from '../../../src/prober/reach-lines.ts';
import { reachCommand } from '../../../src/programs/reach-command.ts';
import { outletTo } from '../../builders/outlet.ts';
import { closedPort, tcpServer } from '../../helpers/servers.ts';

describe('reaching a port by name', () => {
  it('reports the address and how long the connection took, and leaves no socket', async () => {
    const server = await tcpServer();
    const reached = await reach({ service: '127.0.0.1', port: server.port });
    expect(reached).toEqual({ kind: 'reached', address: '127.0.0.1', ms: expect.any(Number) });
    await expect(server.allClosed()).resolves.toBeUndefined();
  });

  it('distinguishes a refused connection from a name that nobody has', async () => {
    expect(await reach({ service: '127.0.0.1', port: await closedPort() })).toEqual({
      kind: 'not-reached',
      address: '127.0.0.1',
      how: 'refused',
      why: 'connection refused (ECONNREFUSED)',
    });
    expect(await reach({ service: 'nobody.invalid', port: 1 })).toMatchObject({ kind: 'no-name' });
  });

  it('gives up in time', async () => {
    // An address for documentation: nothing answers there (RFC 5737).
    const reached = await reach({ service: '192.0.2.1', port: 9 }, { timeoutMs: 50 });
    expect(reached.kind).toBe('not-reached');
  });
});

describe('chatops-probe reach', () => {
  const run = async (...words: readonly string[]) => {
    let said = '';
    const status = await reachCommand(
      words,
      outletTo((text) => {
        said += text;
      }),
    );
    return { status, said };
  };

  it('asks all at once: a line for each in their order, 0 when all are reached and else 1', async () => {
    const { port } = await tcpServer();
    const closed = await closedPort();
    const all = await run(`127.0.0.1:${port}`);
    expect(all.status).toBe(0);
    expect(all.said).toMatch(new RegExp(`^127\\.0\\.0\\.1:${port} 127\\.0\\.0\\.1 [\\d.]+ ms\n$`));
    const some = await run(`127.0.0.1:${closed}`, `127.0.0.1:${port}`);
    expect(some.status).toBe(1);
    expect(some.said.split('\n')[0]).toBe(`127.0.0.1:${closed} 127.0.0.1 connection refused (ECONNREFUSED)`);
  });

  it('says the same as one document, which is read back whole or not at all', async () => {
    const { port } = await tcpServer();
    const { said } = await run('--json', `127.0.0.1:${port}`, 'nobody.invalid:1');
    expect(parseReachLine(said, 2)?.map(({ kind }) => kind)).toEqual(['reached', 'no-name']);
    expect(parseReachLine(said, 3)).toBeUndefined();
    expect(parseReachLine('{"healthy":false,"reason":"there is no probe reach"}', 2)).toBeUndefined();
    expect(parseReachLine('exec failed', 2)).toBeUndefined();
  });

  it.each([[[]], [['mongo']], [['mongo:1', '--what']]])('refuses %j', async (words) => {
    await expect(run(...words)).rejects.toMatchObject({ code: 'USAGE' });
  });
});
