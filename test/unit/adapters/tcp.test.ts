import { describe, expect, it } from 'vitest';
import { createTcp } from '../../../src/adapters/tcp.ts';
import { closedPort, tcpServer } from '../../helpers/servers.ts';

const tcp = createTcp();

describe('touching a port', () => {
  it('opens a connection, sends nothing and closes it', async () => {
    const server = await tcpServer();
    await tcp.touch({ host: 'mongo.localhost', port: server.port });
    await server.allClosed();
    expect(server.connections()).toBe(1);
  });

  it('says why it could not', async () => {
    const port = await closedPort();
    await expect(tcp.touch({ host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'UNREACHABLE',
      what: `no TCP connection to 127.0.0.1:${port}`,
      why: 'connection refused (ECONNREFUSED)',
    });
    await expect(tcp.touch({ host: 'nobody.invalid', port })).rejects.toMatchObject({
      why: expect.stringMatching(/^DNS/),
    });
  });

  it('obeys its signal', async () => {
    const signal = AbortSignal.abort(new Error('no'));
    await expect(tcp.touch({ host: '127.0.0.1', port: 1, signal })).rejects.toThrow('no');
  });
});
