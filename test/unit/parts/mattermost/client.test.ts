import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { createClock } from '../../../../src/adapters/clock.ts';
import { createHttp } from '../../../../src/adapters/http.ts';
import type { ChatopsError } from '../../../../src/errors/chatops-error.ts';
import { listen } from '../../../../src/parts/mattermost/client/events.ts';
import { createMattermost } from '../../../../src/parts/mattermost/client/mattermost.ts';
import { messageOf, POST } from '../../../../src/parts/mattermost/client/messages.ts';
import { Secret } from '../../../../src/values/secret.ts';
import { closedPort, httpServer } from '../../../helpers/servers.ts';

const { signal } = new AbortController();
const credentials = { username: 'hubot', password: new Secret('a-long-password'), passwordName: 'BOT_PASSWORD' };

/** A server that gives every request this answer. */
const answering = async (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) => {
  const { port } = await httpServer((_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  return `http://127.0.0.1:${port}`;
};

const logIn = async (base: string): Promise<ChatopsError> =>
  createMattermost(createHttp(), createClock())
    .login(base, credentials, signal)
    .then(
      () => expect.unreachable(),
      (error: ChatopsError) => error,
    );

const appError = (id: string) => ({ id, message: 'translated', detailed_error: '', status_code: 0 });

describe('a login that Mattermost refuses', () => {
  it('names the variable of the password', async () => {
    const base = await answering(401, appError('api.user.login.invalid_credentials_email_username'));
    expect(await logIn(base)).toMatchObject({ code: 'LOGIN_REFUSED', next: 'check BOT_PASSWORD in .env' });
  });

  it('says when a second factor is wanted', async () => {
    const base = await answering(401, appError('mfa.validate_token.authenticate.app_error'));
    expect(await logIn(base)).toMatchObject({ code: 'SECOND_FACTOR_NEEDED' });
  });

  it('says when it was asked too often, which is text and no JSON', async () => {
    const base = await answering(429, 'limit exceeded\n', { 'Content-Type': 'text/plain' });
    expect(await logIn(base)).toMatchObject({ code: 'RATE_LIMITED' });
  });
});

describe('a login that has to wait for its turn', () => {
  const inTurn = async (refused: number, headers: Readonly<Record<string, string>>) => {
    let asked = 0;
    const { port } = await httpServer((_request, response) => {
      asked += 1;
      if (asked <= refused) response.writeHead(429, headers).end('limit exceeded\n');
      else response.writeHead(200, { Token: 'abc' }).end(JSON.stringify({ id: 'u', username: 'hubot' }));
    });
    const waited: number[] = [];
    const clock = { ...createClock(), sleep: async (ms: number) => void waited.push(ms) };
    const login = createMattermost(createHttp(), clock).login(`http://127.0.0.1:${port}`, credentials, signal);
    const name = await login.then(
      ({ me }) => me.name,
      ({ code }: ChatopsError) => code,
    );
    return { name, waited };
  };

  it('waits as long as the server says, and is let in', async () => {
    expect(await inTurn(2, { 'Retry-After': '1' })).toEqual({ name: 'hubot', waited: [1_000, 1_000] });
  });

  it('gives up where it is never let in, or has to wait for long', async () => {
    expect(await inTurn(99, { 'X-RateLimit-Reset': '2' })).toMatchObject({
      name: 'RATE_LIMITED',
      waited: { length: 5 },
    });
    expect(await inTurn(1, { 'Retry-After': '60' })).toEqual({ name: 'RATE_LIMITED', waited: [] });
  });
});

describe('a login elsewhere', () => {
  it('is at no Mattermost when the page is not there', async () => {
    expect(await logIn(await answering(404, '<html></html>'))).toMatchObject({ code: 'UNEXPECTED_ANSWER' });
  });

  it('is at no Mattermost when the answer bears no token', async () => {
    const base = await answering(200, { id: 'x', username: 'hubot' });
    expect(await logIn(base)).toMatchObject({ code: 'UNEXPECTED_ANSWER' });
  });
});

describe('events', () => {
  it('are unreachable where nobody listens', async () => {
    const base = `http://127.0.0.1:${await closedPort()}`;
    await expect(listen(base, new Secret('token'), () => undefined, signal)).rejects.toMatchObject({
      code: 'UNREACHABLE',
    });
  });

  it('are unreachable where no WebSocket opens', async () => {
    const base = await answering(200, {});
    await expect(listen(base, new Secret('token'), () => undefined, signal)).rejects.toMatchObject({
      code: 'UNREACHABLE',
    });
  });
});

describe('the events of a server that says nothing more', () => {
  /** Says hello, and gives signs of life or none. */
  const serving = async (autoPong: boolean) => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', autoPong });
    let pings = 0;
    let enough = (): void => undefined;
    const manyPings = new Promise<void>((resolve) => {
      enough = resolve;
    });
    server.on('connection', (socket) => {
      socket.on('ping', () => {
        pings += 1;
        if (pings === 5) enough();
      });
      socket.send(JSON.stringify({ event: 'hello', data: {} }));
    });
    await new Promise((resolve) => server.once('listening', resolve));
    onTestFinished(() => {
      for (const client of server.clients) client.terminate();
      server.close();
    });
    return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, manyPings };
  };
  const hear = (base: string, beat: { afterMs: number; withinMs: number }) =>
    listen(base, new Secret('token'), () => undefined, signal, beat);

  it('end when it gives no sign of life', async () => {
    const { base } = await serving(false);
    await (await hear(base, { afterMs: 20, withinMs: 20 })).ended;
  });

  it('go on while it gives them', async () => {
    const { base, manyPings } = await serving(true);
    // Long enough for a busy machine to answer in.
    const listening = await hear(base, { afterMs: 5, withinMs: 20_000 });
    await manyPings;
    expect(await Promise.race([listening.ended.then(() => 'ended'), Promise.resolve('go on')])).toBe('go on');
    expect(listening.silentMs()).toBeLessThan(20_000);
    await listening.close();
  });
});

describe('a message', () => {
  const post = { id: 'a', channel_id: 'c', user_id: 'u', message: 'running', type: '' };

  it('is its text alone when it has nothing else', () => {
    expect(messageOf(POST.parse({ ...post, props: {} }))).toEqual({ id: 'a', roomId: 'c', text: 'running' });
  });

  it('shows what its attachments say, each on a line of its own', () => {
    const attachments = [{ title: 'Pipeline 7', title_link: 'https://git.example.org/7', text: 'passed' }];
    const props = { attachments, override_username: 'Forge' };
    expect(messageOf(POST.parse({ ...post, props }))).toEqual({
      id: 'a',
      roomId: 'c',
      text: 'running\nPipeline 7\nhttps://git.example.org/7\npassed',
      parts: {
        alias: 'Forge',
        text: 'running',
        attachments: [{ title: 'Pipeline 7', link: 'https://git.example.org/7', text: 'passed', fields: [] }],
      },
    });
  });
});
