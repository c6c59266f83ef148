import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createHttp } from '../../../src/adapters/http.ts';
import { abortOnceConnected, closedPort, httpServer, tcpServer } from '../../helpers/servers.ts';

const http = createHttp();
const get = (url: string, rest: object = {}) => http.request({ method: 'GET', url, ...rest });

describe('one request, one answer', () => {
  it('gives status, lower-case headers and body, whatever the status', async () => {
    const { port } = await httpServer((_request, response) => {
      response.writeHead(503, { 'X-Thing': 'a', 'Set-Cookie': ['a=1', 'b=2'] }).end('b\u00fcsy');
    });
    const answer = await get(`http://127.0.0.1:${port}/x`);
    expect(answer).toMatchObject({ status: 503, body: 'b\u00fcsy' });
    expect(answer.headers).toMatchObject({ 'x-thing': 'a', 'set-cookie': 'a=1, b=2' });
  });

  it('sends method, headers, path with its percent signs, and a body with its length in bytes', async () => {
    let heard: unknown;
    const { port } = await httpServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      heard = {
        method: request.method,
        url: request.url,
        type: request.headers['content-type'],
        length: request.headers['content-length'],
        body,
      };
      response.end();
    });
    const url = `http://127.0.0.1:${port}/api/a%2Fb?x=%20`;
    await http.request({ method: 'PUT', url, headers: { 'Content-Type': 'text/x' }, body: 'b\u00fc' });
    expect(heard).toEqual({ method: 'PUT', url: '/api/a%2Fb?x=%20', type: 'text/x', length: '3', body: 'b\u00fc' });
  });

  it('does not follow a redirect', async () => {
    const { port, connections } = await httpServer((_request, response) =>
      response.writeHead(302, { Location: '/elsewhere' }).end(),
    );
    expect(await get(`http://127.0.0.1:${port}/`)).toMatchObject({ status: 302, headers: { location: '/elsewhere' } });
    expect(connections()).toBe(1);
  });

  it('leaves no connection open', async () => {
    const server = await httpServer((_request, response) => response.end('x'));
    await get(`http://127.0.0.1:${server.port}/`);
    await expect(server.allClosed()).resolves.toBeUndefined();
  });
});

describe('where it connects', () => {
  it.each(['localhost', 'chat.chatops.localhost', 'GIT.CHATOPS.LOCALHOST'])(
    'takes %s for the loopback, asking nobody',
    async (name) => {
      const { port } = await httpServer((request, response) => response.end(request.headers.host));
      expect((await get(`http://${name}:${port}/`)).body).toBe(`${name.toLowerCase()}:${port}`);
    },
  );

  it('connects elsewhere and keeps the Host of the URL', async () => {
    const { port } = await httpServer((request, response) => response.end(request.headers.host));
    const answer = await get('http://chat.example.org/', { connectTo: { host: '127.0.0.1', port } });
    expect(answer.body).toBe('chat.example.org');
  });
});

describe('what goes wrong', () => {
  it('refused', async () => {
    const port = await closedPort();
    await expect(get(`http://127.0.0.1:${port}/x`)).rejects.toMatchObject({
      code: 'UNREACHABLE',
      what: `no answer to GET http://127.0.0.1:${port}/x`,
      why: 'connection refused (ECONNREFUSED)',
    });
  });

  it('refused at every address of a name', async () => {
    const port = await closedPort();
    await expect(get(`http://chat.localhost:${port}/`)).rejects.toMatchObject({
      why: expect.stringContaining('refused'),
    });
  });

  it('reset', async () => {
    const { port } = await tcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    await expect(get(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: 'UNREACHABLE',
      why: 'connection reset (ECONNRESET)',
    });
  });

  it('cut in the middle of the body', async () => {
    const { port } = await httpServer((request, response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('half');
      setImmediate(() => request.socket.destroy());
    });
    await expect(get(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });

  it('no such host', async () => {
    await expect(get('http://nobody.invalid/')).rejects.toMatchObject({
      code: 'UNREACHABLE',
      why: expect.stringMatching(/^DNS: /),
    });
  });

  it('too slow', async () => {
    const server = await httpServer(() => undefined);
    await expect(get(`http://127.0.0.1:${server.port}/`, { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'UNREACHABLE',
      why: 'timed out after 50 ms',
    });
    await expect(server.allClosed()).resolves.toBeUndefined();
  });

  it('too slow in the middle of the body', async () => {
    const { port } = await httpServer((_request, response) => void response.write('half'));
    await expect(get(`http://127.0.0.1:${port}/`, { timeoutMs: 50 })).rejects.toMatchObject({
      why: 'timed out after 50 ms',
    });
  });

  it('too large', async () => {
    const server = await httpServer((_request, response) => response.end('x'.repeat(2_000)));
    await expect(get(`http://127.0.0.1:${server.port}/`, { maxBytes: 1_000 })).rejects.toMatchObject({
      code: 'UNEXPECTED_ANSWER',
      what: expect.stringContaining('larger than 1000 bytes'),
    });
    await expect(server.allClosed()).resolves.toBeUndefined();
  });

  it('no HTTP', async () => {
    const { port } = await tcpServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n'));
    await expect(get(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: 'UNEXPECTED_ANSWER',
      why: 'the answer is not HTTP',
    });
  });

  it('says neither query nor password of the URL', async () => {
    const port = await closedPort();
    const thrown = await get(`http://me:secret@127.0.0.1:${port}/x?token=secret`).catch((error: unknown) => error);
    expect(String((thrown as Error).message)).not.toContain('secret');
  });

  it('aborted: rejects with the reason and lets go of the socket', async () => {
    const reason = new Error('enough');
    const { signal, onSocket } = abortOnceConnected(reason);
    const server = await tcpServer(onSocket);
    await expect(get(`http://127.0.0.1:${server.port}/`, { signal })).rejects.toBe(reason);
    await expect(server.allClosed()).resolves.toBeUndefined();
  });

  it('aborted before it began: connects to nobody', async () => {
    const server = await tcpServer();
    const signal = AbortSignal.abort(new Error('before'));
    await expect(get(`http://127.0.0.1:${server.port}/`, { signal })).rejects.toThrow('before');
    expect(server.connections()).toBe(0);
  });
});

describe('a WebSocket upgrade', () => {
  const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
  const upgrading = (accept: (key: string) => string, frames: Buffer[] = []) =>
    tcpServer((socket) => {
      socket.once('data', (bytes: Buffer) => {
        const key = /sec-websocket-key: (.+)\r/i.exec(bytes.toString('latin1'))?.[1] ?? '';
        socket.write(
          `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept(key)}\r\n\r\n`,
        );
        socket.on('data', (frame: Buffer) => frames.push(frame));
      });
    });
  const right = (key: string) =>
    createHash('sha1')
      .update(key + GUID)
      .digest('base64');

  it('is 101, is closed with a close frame and leaves no socket', async () => {
    const frames: Buffer[] = [];
    const server = await upgrading(right, frames);
    expect(await http.upgrade({ url: `http://chat.localhost:${server.port}/websocket` })).toBe(101);
    await server.allClosed();
    // FIN and opcode 8, masked as a client's frames must be (RFC 6455 section 5.1).
    expect(Buffer.concat(frames).subarray(0, 2)).toEqual(Buffer.from([0x88, 0x80]));
  });

  it('reports the status of a refusal', async () => {
    const { port } = await httpServer((_request, response) => response.writeHead(403).end('no'));
    expect(await http.upgrade({ url: `http://127.0.0.1:${port}/websocket` })).toBe(403);
  });

  it('believes no server that proves nothing', async () => {
    const { port } = await upgrading(() => 'anything');
    await expect(http.upgrade({ url: `http://127.0.0.1:${port}/` })).rejects.toMatchObject({
      code: 'UNEXPECTED_ANSWER',
    });
  });

  it('times out', async () => {
    const server = await tcpServer();
    await expect(http.upgrade({ url: `http://127.0.0.1:${server.port}/`, timeoutMs: 50 })).rejects.toMatchObject({
      why: 'timed out after 50 ms',
    });
    await expect(server.allClosed()).resolves.toBeUndefined();
  });
});
