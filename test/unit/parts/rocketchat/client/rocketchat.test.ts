import { afterEach, describe, expect, it } from 'vitest';
import { createHttp } from '../../../../../src/adapters/http.ts';
import type { Credentials } from '../../../../../src/contracts/credentials.ts';
import type { HttpResponse } from '../../../../../src/contracts/http.ts';
import { ChatopsError, formatError } from '../../../../../src/errors/chatops-error.ts';
import { createRocketChat } from '../../../../../src/parts/rocketchat/client/rocketchat.ts';
import type { RocketChatPort, RocketChatSession } from '../../../../../src/parts/rocketchat/rocketchat.ts';
import { Secret } from '../../../../../src/values/secret.ts';
import { sha256Hex } from '../../../../../src/values/sha256.ts';
import {
  type Asked,
  type Script,
  type Scripted,
  type ScriptedHttp,
  startScriptedHttp,
} from '../../../../fakes/scripted-http.ts';
import { createVirtualClock } from '../../../../fakes/virtual-clock.ts';

const CHIEF: Credentials = { username: 'chief', password: new Secret('Pa55-word'), passwordName: 'ADMIN_PASSWORD' };
const signal = new AbortController().signal;
const LOGGED_IN: Scripted = {
  body: {
    status: 'success',
    data: { userId: 'u1', authToken: 'token-1', me: { username: 'chief', roles: ['admin'] } },
  },
};

let server: ScriptedHttp | undefined;
afterEach(async () => {
  const unexpected = server?.unexpected ?? [];
  await server?.close();
  server = undefined;
  expect(unexpected).toEqual([]);
});

interface Setup {
  readonly rocketchat: RocketChatPort;
  readonly server: ScriptedHttp;
  readonly clock: ReturnType<typeof createVirtualClock>;
  readonly reports: string[];
  session(): Promise<RocketChatSession>;
}

/** A Rocket.Chat that lets chief in and answers everything else by `script`. */
const serving = async (script: Script): Promise<Setup> => {
  const started = await startScriptedHttp(
    (asked) => script(asked) ?? (asked.url === '/api/v1/login' ? LOGGED_IN : undefined),
  );
  server = started;
  const clock = createVirtualClock();
  const reports: string[] = [];
  const rocketchat = createRocketChat({
    http: createHttp(),
    clock,
    report: (text) => reports.push(text),
    connectBot: async () => {
      throw new Error('no bot in this test');
    },
  });
  return {
    rocketchat,
    server: started,
    clock,
    reports,
    session: () => rocketchat.login(started.base, CHIEF, signal),
  };
};
const at =
  (path: string, answer: Scripted | ((asked: Asked) => Scripted)): Script =>
  (asked) =>
    asked.url.split('?')[0] === path ? (typeof answer === 'function' ? answer(asked) : answer) : undefined;

const errorOf = async (work: Promise<unknown>): Promise<ChatopsError> => {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof ChatopsError)) throw new Error(`expected a ChatopsError, got ${String(thrown)}`);
  return thrown;
};
const refusal = (status: number, body: Record<string, unknown>): Scripted => ({
  status,
  body: { success: false, ...body },
});

describe('logging in', () => {
  it('happens once for all callers', async () => {
    const { rocketchat, server } = await serving(() => undefined);
    const login = () => rocketchat.login(server.base, CHIEF, signal);
    const sessions = await Promise.all([login(), login(), login()]);
    await login();
    expect(server.calls()).toEqual(['POST /api/v1/login']);
    expect(sessions[0]).toMatchObject({ userId: 'u1', username: 'chief', roles: ['admin'] });
  });

  it('a refused password is named with its variable and not tried again for a while', async () => {
    const unauthorized = refusal(401, { status: 'error', error: 'Unauthorized', message: 'Unauthorized' });
    const { session, server, clock } = await serving(at('/api/v1/login', unauthorized));
    const error = await errorOf(session());
    await errorOf(session());
    expect(server.calls()).toHaveLength(1);
    expect(error.code).toBe('LOGIN_REFUSED');
    expect(error.why).toContain('ADMIN_PASSWORD');
    expect(error.next).toContain('a changed ADMIN_PASS is ignored');
    clock.advance(61_000);
    await errorOf(session());
    expect(server.calls()).toHaveLength(2);
  });

  it('a locked account is told apart from a wrong password', async () => {
    const blocked = refusal(401, { status: 'error', error: 'error-login-blocked-for-user' });
    const { session } = await serving(at('/api/v1/login', blocked));
    const error = await errorOf(session());
    expect([error.code, error.next]).toEqual(['LOGIN_REFUSED', expect.stringContaining('wait five minutes')]);
  });

  it('a mailed code at login is a second factor that no program can give', async () => {
    const mailed = refusal(401, {
      status: 'error',
      error: 'totp-required',
      message: 'TOTP Required',
      details: { method: 'email', codeGenerated: true, availableMethods: ['email'] },
    });
    const { session } = await serving(at('/api/v1/login', mailed));
    const error = await errorOf(session());
    expect([error.code, error.what]).toEqual(['SECOND_FACTOR_NEEDED', expect.stringContaining('email')]);
  });

  it('is tried again after the server could not be understood', async () => {
    let first = true;
    const { session } = await serving((asked) => {
      if (asked.url !== '/api/v1/login' || !first) return undefined;
      first = false;
      return { status: 502, body: '<h1>Bad gateway</h1>' };
    });
    expect((await errorOf(session())).code).toBe('UNREACHABLE');
    await expect(session()).resolves.toMatchObject({ userId: 'u1' });
  });

  it('goes on for others when the first caller gives up', async () => {
    const { rocketchat, server } = await serving(() => undefined);
    const impatient = new AbortController();
    const first = rocketchat.login(server.base, CHIEF, impatient.signal);
    const second = rocketchat.login(server.base, CHIEF, signal);
    impatient.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    await expect(second).resolves.toMatchObject({ userId: 'u1' });
  });

  it('happens afresh when the server has forgotten the session', async () => {
    const forgotten = refusal(401, {
      status: 'error',
      error: 'You must be logged in to do this.',
      message: 'You must be logged in to do this.',
    });
    const { session, server } = await serving(
      (asked) => at('/api/v1/users.list', forgotten)(asked) ?? at('/api/v1/me', forgotten)(asked),
    );
    const error = await errorOf((await session()).users(signal));
    await session();
    expect(error.code).toBe('TOKEN_INVALID');
    expect(server.calls().filter((call) => call === 'POST /api/v1/login')).toHaveLength(2);
  });
});

describe('a realtime session', () => {
  it('whose token is refused makes the next caller log in afresh', async () => {
    const started = await startScriptedHttp(at('/api/v1/login', LOGGED_IN));
    server = started;
    const rocketchat = createRocketChat({
      http: createHttp(),
      clock: createVirtualClock(),
      report: () => undefined,
      connectBot: async () => {
        throw new ChatopsError('TOKEN_INVALID', { what: 'refused' });
      },
    });
    expect((await errorOf(rocketchat.connectBot(started.base, CHIEF, signal))).code).toBe('TOKEN_INVALID');
    await rocketchat.login(started.base, CHIEF, signal);
    expect(started.calls()).toHaveLength(2);
  });
});

describe('the second factor', () => {
  const wanted = (method: string) =>
    refusal(400, { error: 'TOTP Required [totp-required]', errorType: 'totp-required', details: { method } });

  it('is answered with the digest of the password, also on a write', async () => {
    const { session, server } = await serving(
      at('/api/v1/settings/Limit', ({ headers }) => (headers['x-2fa-code'] ? {} : wanted('password'))),
    );
    await (await session()).changeSetting('Limit', 600, signal);
    expect(server.asked.at(-1)).toMatchObject({
      method: 'POST',
      body: { value: 600 },
      headers: { 'x-2fa-method': 'password', 'x-2fa-code': sha256Hex('Pa55-word') },
    });
  });

  it.each(['totp', 'email'])('of method %s cannot be given by a program', async (method) => {
    const { session, server } = await serving(at('/api/v1/settings/Limit', wanted(method)));
    const error = await errorOf((await session()).changeSetting('Limit', 600, signal));
    expect(error.code).toBe('SECOND_FACTOR_NEEDED');
    expect(server.calls()).toHaveLength(2);
  });

  it('that the server refuses is not given again', async () => {
    const { session, server } = await serving(
      at('/api/v1/settings/Limit', ({ headers }) =>
        headers['x-2fa-code']
          ? refusal(400, { error: 'TOTP Invalid [totp-invalid]', errorType: 'totp-invalid' })
          : wanted('password'),
      ),
    );
    const error = await errorOf((await session()).changeSetting('Limit', 600, signal));
    expect(error.code).toBe('SECOND_FACTOR_NEEDED');
    expect(server.calls()).toHaveLength(3);
  });
});

describe('too many requests', () => {
  const limited = (headers: Record<string, string> = {}): Scripted => ({
    status: 429,
    headers,
    body: {
      success: false,
      error:
        'Error, too many requests. Please slow down. You must wait 37 seconds before trying this endpoint again. [error-too-many-requests]',
    },
  });

  it('are waited out as long as the server says, and reported once', async () => {
    let refused = 2;
    const { session, clock, reports } = await serving((asked) => {
      if (asked.url !== '/api/v1/login' || refused === 0) return undefined;
      refused -= 1;
      return limited();
    });
    await session();
    expect(clock.now()).toBe(2 * 37_000);
    expect(reports).toEqual(['Rocket.Chat limits requests from this address: waiting 37 s to log in as chief']);
  });

  it('are waited out until the reset the header names', async () => {
    let refused = 1;
    const { session, clock } = await serving((asked) => {
      if (asked.url !== '/api/v1/login' || refused === 0) return undefined;
      refused -= 1;
      return limited({ 'X-RateLimit-Reset': String(Date.UTC(2026, 0, 1) + 12_000) });
    });
    await session();
    expect(clock.now()).toBe(12_000);
  });

  it('that never end are an error with the seconds to wait', async () => {
    const { session } = await serving(at('/api/v1/login', limited()));
    const error = await errorOf(session());
    expect([error.code, error.next]).toEqual(['RATE_LIMITED', expect.stringContaining('wait 37 s')]);
  });

  it('are not waited for when the caller has given up', async () => {
    const { rocketchat, server } = await serving(at('/api/v1/login', limited()));
    const impatient = new AbortController();
    const login = rocketchat.login(server.base, CHIEF, impatient.signal);
    impatient.abort(new Error('enough'));
    await expect(login).rejects.toThrow('enough');
  });
});

describe('refusals', () => {
  const failures: readonly [string, Scripted, string, string][] = [
    [
      'a missing permission of the route',
      refusal(403, { error: 'User does not have the permissions required for this action [error-unauthorized]' }),
      'PERMISSION_MISSING',
      'create-user',
    ],
    [
      'a missing permission of the handler',
      refusal(403, { error: 'unauthorized' }),
      'PERMISSION_MISSING',
      'create-user',
    ],
    [
      'a code in errorType, whatever the text says',
      refusal(400, { error: 'Zugriff verweigert', errorType: 'not_authorized' }),
      'PERMISSION_MISSING',
      'create-user',
    ],
    [
      'a taken name or e-mail',
      refusal(400, {
        error: 'alice is already in use :( [error-field-unavailable]',
        errorType: 'error-field-unavailable',
      }),
      'CONFLICT',
      'rename one of the two',
    ],
    [
      'a code in brackets only',
      refusal(400, { error: 'alice is already in use :( [error-field-unavailable]' }),
      'CONFLICT',
      'rename one of the two',
    ],
    ['anything else', refusal(400, { error: 'Match error' }), 'JOB_FAILED', ''],
    ['HTML instead of JSON', { status: 200, body: '<html></html>' }, 'UNEXPECTED_ANSWER', 'right server'],
    ['a fault of the server', { status: 500, body: 'Internal Server Error' }, 'UNEXPECTED_ANSWER', 'right server'],
    ['a gateway without its back end', { status: 503, body: '<html></html>' }, 'UNREACHABLE', 'check the address'],
  ];
  it.each(failures)('%s', async (_name, answer, code, next) => {
    const { session, server } = await serving(at('/api/v1/users.create', answer));
    const created = (await session()).createUser(
      {
        username: 'alice',
        name: 'Alice',
        email: 'alice@chatops.test',
        password: new Secret('Top-secret-1'),
        roles: ['user'],
        bio: 'b',
        joinDefaultRooms: true,
      },
      signal,
    );
    const error = await errorOf(created);
    expect([error.code, error.next]).toEqual([code, expect.stringContaining(next)]);
    expect(formatError(error)).not.toContain('Top-secret-1');
    // A write is not repeated, whatever became of it.
    expect(server.calls()).toEqual(['POST /api/v1/login', 'POST /api/v1/users.create']);
  });

  it('an answer without a field we need names the field', async () => {
    const { session } = await serving(at('/api/v1/users.list', { body: { success: true, users: [{}], total: 1 } }));
    const error = await errorOf((await session()).users(signal));
    expect([error.code, error.why]).toEqual(['UNEXPECTED_ANSWER', expect.stringContaining('users/0/_id')]);
  });

  it('a missing user is undefined, as the server says 400 without a code and never 404', async () => {
    const { session } = await serving(at('/api/v1/users.info', refusal(400, { error: 'User not found.' })));
    await expect((await session()).user('ghost', signal)).resolves.toBeUndefined();
  });

  it.each([
    refusal(400, { error: 'The required "roomId" … [error-room-not-found]', errorType: 'error-room-not-found' }),
    refusal(400, { error: 'not-allowed', errorType: 'Not Allowed' }),
  ])('a missing or hidden room is undefined', async (answer) => {
    const { session } = await serving(at('/api/v1/rooms.info', answer));
    await expect((await session()).room('ops', signal)).resolves.toBeUndefined();
  });

  it('a name that is taken by a room nobody sees is a conflict for a user', async () => {
    const duplicate = refusal(400, {
      error: "A channel with name 'ops' exists [error-duplicate-channel-name]",
      errorType: 'error-duplicate-channel-name',
    });
    const { session } = await serving(at('/api/v1/groups.create', duplicate));
    const error = await errorOf(
      (await session()).createRoom({ name: 'ops', kind: 'private', readOnly: false, members: [], mark: 'm' }, signal),
    );
    expect([error.code, error.next]).toEqual(['CONFLICT', expect.stringContaining('hidden private room')]);
  });

  it('a role the account has already is fine', async () => {
    const { session } = await serving(
      at('/api/v1/roles.addUserToRole', refusal(400, { error: 'x', errorType: 'error-user-already-in-role' })),
    );
    await expect((await session()).addRole('hubot', 'bot', signal)).resolves.toBeUndefined();
  });
});

describe('reading', () => {
  /** 250 users in pages as small as the server likes. */
  const pagesOf = (largest: number): Script =>
    at('/api/v1/users.list', ({ url }) => {
      const query = new URLSearchParams(url.split('?')[1]);
      const offset = Number(query.get('offset'));
      const count = Math.min(Number(query.get('count')), largest);
      const users = Array.from({ length: Math.max(0, Math.min(count, 250 - offset)) }, (_, index) => ({
        _id: `u${offset + index}`,
        username: `user${offset + index}`,
      }));
      return { body: { success: true, users, count: users.length, offset, total: 250 } };
    });

  it('goes through all pages and filters nothing on the server', async () => {
    const { session, server } = await serving(pagesOf(100));
    const users = await (await session()).users(signal);
    expect(users).toHaveLength(250);
    expect(server.calls().slice(1)).toEqual([
      'GET /api/v1/users.list?offset=0&count=100',
      'GET /api/v1/users.list?offset=100&count=100',
      'GET /api/v1/users.list?offset=200&count=100',
    ]);
  });

  it('is content with smaller pages than asked for', async () => {
    const { session } = await serving(pagesOf(30));
    await expect((await session()).users(signal)).resolves.toHaveLength(250);
  });

  it('asks again without the rooms where the server does not know that word', async () => {
    const { session, server } = await serving(
      at('/api/v1/users.info', ({ url }) =>
        url.includes('includeUserRooms')
          ? refusal(400, { error: 'must NOT have additional properties', errorType: 'invalid-params' })
          : { body: { success: true, user: { _id: 'u2', username: 'alice', bio: 'b' } } },
      ),
    );
    const opened = await session();
    await opened.user('alice', signal);
    const user = await opened.user('alice', signal);
    expect(user).toEqual({ id: 'u2', username: 'alice', name: '', emails: [], roles: [], active: true, bio: 'b' });
    expect(server.calls()).toHaveLength(4);
  });

  it.each([
    ['channel', 'channels'],
    ['private', 'groups'],
  ] as const)('reads the members of a %s from %s.members', async (kind, family) => {
    const members = [
      { _id: 'u1', username: 'chief' },
      { _id: 'u2', username: 'hubot' },
    ];
    const { session } = await serving(at(`/api/v1/${family}.members`, { body: { success: true, members, total: 2 } }));
    await expect((await session()).members({ id: 'r1', kind }, signal)).resolves.toEqual(['chief', 'hubot']);
  });

  it('gives incoming webhooks oldest first and leaves outgoing ones out', async () => {
    const hook = (_id: string, type: string, _createdAt: string) => ({
      _id,
      type,
      _createdAt,
      token: 't',
      name: 'n',
      channel: ['#ci'],
      username: 'hubot',
      enabled: true,
      scriptEnabled: true,
      script: 's',
      scriptError: { name: 'SyntaxError', message: 'Unexpected token' },
    });
    const integrations = [
      hook('new', 'webhook-incoming', '2026-02-01T00:00:00.000Z'),
      hook('out', 'webhook-outgoing', '2026-01-01T00:00:00.000Z'),
      hook('old', 'webhook-incoming', '2026-01-01T00:00:00.000Z'),
    ];
    const { session } = await serving(
      at('/api/v1/integrations.list', { body: { success: true, integrations, total: 3, count: 3, offset: 0 } }),
    );
    const hooks = await (await session()).webhooks(signal);
    expect(hooks.map(({ id, scriptCompiled, scriptError }) => [id, scriptCompiled, scriptError])).toEqual([
      ['old', false, 'Unexpected token'],
      ['new', false, 'Unexpected token'],
    ]);
    expect(JSON.stringify(hooks)).not.toContain('"t"');
  });

  it('puts what attachments say under the text of a message', async () => {
    const messages = [
      { _id: 'm1', rid: 'r1', msg: 'Hi', attachments: [{ title: 'T', title_link: 'http://x', text: 'body' }] },
    ];
    const { session } = await serving(at('/api/v1/channels.messages', { body: { success: true, messages } }));
    const latest = await (await session()).latestMessages({ id: 'r1', kind: 'channel' }, 10, signal);
    const attachments = [{ title: 'T', link: 'http://x', text: 'body', fields: [] }];
    const text = 'Hi\nT\nhttp://x\nbody';
    expect(latest).toEqual([{ id: 'm1', roomId: 'r1', text, parts: { text: 'Hi', attachments } }]);
  });
});

describe('writing', () => {
  it('creates accounts without `verified` and with nothing the server does not declare', async () => {
    const { session, server } = await serving(at('/api/v1/users.create', { body: { success: true, user: {} } }));
    await (await session()).createUser(
      {
        username: 'hubot',
        name: 'Hubot',
        email: 'hubot@chatops.test',
        password: new Secret('Bot-pass-1234'),
        roles: ['user', 'bot'],
        bio: 'ours',
        joinDefaultRooms: false,
      },
      signal,
    );
    expect(server.asked.at(-1)?.body).toEqual({
      username: 'hubot',
      name: 'Hubot',
      email: 'hubot@chatops.test',
      password: 'Bot-pass-1234',
      roles: ['user', 'bot'],
      bio: 'ours',
      joinDefaultChannels: false,
    });
  });

  it('deletes a message by its id and room; one that is gone already is fine, a refusal names the right', async () => {
    const message = { id: 'm1', roomId: 'r1' };
    const deleting = async (answer: Scripted) => {
      const { session } = await serving(at('/api/v1/chat.delete', answer));
      const deleted = (await session()).deleteMessage(message, signal);
      const outcome = await deleted.catch((error: ChatopsError) => error);
      const asked = server?.asked.at(-1)?.body;
      await server?.close();
      return { outcome, asked };
    };
    const done = await deleting({ body: { success: true, _id: 'm1' } });
    expect(done).toEqual({ outcome: undefined, asked: { msgId: 'm1', roomId: 'r1' } });
    const gone = refusal(400, { error: 'No message found with the id of "m1".' });
    expect((await deleting(gone)).outcome).toBeUndefined();
    const refused = refusal(400, {
      error: 'Not allowed [error-action-not-allowed]',
      errorType: 'error-action-not-allowed',
    });
    expect((await deleting(refused)).outcome).toMatchObject({
      code: 'PERMISSION_MISSING',
      next: expect.stringContaining('delete-own-message'),
    });
  });

  it('names what keeps a server without a licence from taking messages, and how to end it', async () => {
    const restricted = refusal(400, { error: 'restricted-workspace' });
    const { session } = await serving(at('/api/v1/chat.postMessage', restricted));
    await expect((await session()).post('r1', 'hello', signal)).rejects.toMatchObject({
      code: 'CHAT_READ_ONLY',
      why: expect.stringContaining('https://collector.rocket.chat'),
      next: expect.stringMatching(/start it again.*licence/),
    });
  });

  it('gives /api/info longer than its server waits for the internet', async () => {
    const asked: (number | undefined)[] = [];
    const http = createHttp();
    const port = createRocketChat({
      ...{ clock: createVirtualClock(), report: () => undefined, connectBot: () => Promise.reject(new Error('no')) },
      http: {
        ...http,
        request: async ({ timeoutMs }) => {
          asked.push(timeoutMs);
          return { status: 200, headers: {}, body: '{"success":true,"version":"8.5"}' };
        },
      },
    });
    await port.info('http://chat.test', signal);
    expect(asked[0]).toBeGreaterThan(5_000);
  });

  it('creates webhooks without a token of ours and reads the one the server made', async () => {
    const integration = {
      _id: 'i1',
      type: 'webhook-incoming',
      token: 'made-by-the-server',
      name: 'n',
      channel: ['#ci'],
      username: 'hubot',
      enabled: true,
      scriptEnabled: true,
      script: 's',
      scriptCompiled: 'compiled',
    };
    const { session, server } = await serving(
      at('/api/v1/integrations.create', { body: { success: true, integration } }),
    );
    const made = await (await session()).createWebhook({ name: 'n', room: 'ci', poster: 'hubot', script: 's' }, signal);
    expect(made.token.reveal()).toBe('made-by-the-server');
    expect(server.asked.at(-1)?.body).toEqual({
      type: 'webhook-incoming',
      name: 'n',
      username: 'hubot',
      channel: '#ci',
      enabled: true,
      scriptEnabled: true,
      script: 's',
      overrideDestinationChannelEnabled: true,
    });
  });

  it('marks a room inside the call that makes it', async () => {
    const { session, server } = await serving(at('/api/v1/channels.create', { body: { success: true, channel: {} } }));
    await (await session()).createRoom(
      { name: 'ops', kind: 'channel', readOnly: true, members: ['hubot'], mark: 'chatops-up:x' },
      signal,
    );
    expect(server.asked.at(-1)?.body).toEqual({
      name: 'ops',
      members: ['hubot'],
      readOnly: true,
      customFields: { chatopsUp: 'chatops-up:x' },
    });
  });
});

describe('asking without a login', () => {
  const health = (status: number, mongo: string): Scripted => ({
    status,
    body: {
      status: status === 200 ? 'ok' : 'unavailable',
      checks: { memory: { status: 'ok' }, mongo: { status: mongo } },
    },
  });
  const answers: readonly [string, Scripted, unknown][] = [
    ['is ready', health(200, 'ok'), { kind: 'ready' }],
    ['names the failed checks', health(503, 'degraded'), { kind: 'unavailable', reason: 'mongo degraded' }],
    ['is unknown on 404', { status: 404, body: '404 Not Found' }, { kind: 'unknown' }],
    ['is unknown where the web app answers 200 for every path', { body: '<html></html>' }, { kind: 'unknown' }],
  ];
  it.each(answers)('readiness %s', async (_name, answer, expected) => {
    const { rocketchat, server } = await serving(at('/readyz', answer));
    await expect(rocketchat.readiness(server.base, signal)).resolves.toEqual(expected);
  });

  const liveness: readonly [string, Scripted, unknown][] = [
    ['is alive when its checks hold', health(200, 'ok'), { kind: 'alive', detail: 'it says that it is alive' }],
    [
      'is alive without its database, which another start would not bring back',
      health(503, 'degraded'),
      { kind: 'alive', detail: 'it answers, without its database' },
    ],
    [
      'names what is its own and failed',
      { status: 503, body: { status: 'unavailable', checks: { eventLoop: { status: 'degraded' } } } },
      { kind: 'unwell', reason: 'eventLoop degraded' },
    ],
    [
      'is not alive when it says so without a check',
      { status: 503, body: { status: 'unavailable' } },
      { kind: 'unwell', reason: 'HTTP 503' },
    ],
    [
      'is alive below 7.11, where the web app answers',
      { body: '<html></html>' },
      { kind: 'alive', detail: 'it answers 200' },
    ],
  ];
  it.each(liveness)('%s', async (_name, answer, expected) => {
    const { rocketchat, server } = await serving(
      (asked) => at('/health', { body: 'ok' })(asked) ?? at('/livez', answer)(asked),
    );
    await expect(rocketchat.liveness(server.base, signal)).resolves.toEqual(expected);
  });

  /** @param answers what each path says; the others do not answer */
  const silent = (answers: Readonly<Record<string, HttpResponse>>): RocketChatPort =>
    createRocketChat({
      http: {
        request: async ({ url }) => {
          const answer = answers[new URL(url).pathname];
          if (answer) return answer;
          throw new ChatopsError('UNREACHABLE', { what: 'no answer', why: 'timed out' });
        },
        upgrade: () => expect.fail('no WebSocket is asked for'),
      },
      clock: createVirtualClock(),
      report: () => undefined,
      connectBot: () => expect.fail('nobody connects'),
    });

  it('is alive where /livez waits for a database that is gone, and /health answers', async () => {
    const port = silent({ '/health': { status: 200, headers: {}, body: 'ok' } });
    expect(await port.liveness('http://chat', signal)).toEqual({
      kind: 'alive',
      detail: 'it answers, but not on /livez in time',
    });
  });

  it('is not reached where nothing answers', async () => {
    await expect(silent({}).liveness('http://chat', signal)).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });

  it('reads the version, in full where it is shown', async () => {
    const { rocketchat, server } = await serving(at('/api/info', { body: { version: '8.6', success: true } }));
    await expect(rocketchat.info(server.base, signal)).resolves.toEqual({ version: '8.6' });
  });

  it('is not fooled by another server', async () => {
    const { rocketchat, server } = await serving(at('/api/info', { body: { hello: 'world' } }));
    expect((await errorOf(rocketchat.info(server.base, signal))).code).toBe('UNEXPECTED_ANSWER');
  });

  it('a webhook is asked at its check address in the long form, never by GET on the hook', async () => {
    const { rocketchat, server } = await serving(at('/hooks/info/i1/check/tok', {}));
    const check = await rocketchat.checkHook(server.base, { id: 'i1', token: new Secret('tok') }, signal);
    expect(check).toEqual({ answers: true, status: 200 });
    expect(server.calls()).toEqual(['GET /hooks/info/i1/check/tok']);
  });

  it.each([
    [500, 'Internal Server Error'],
    [200, '<html></html>'],
  ])('a wrong webhook address is reported by more than its status: %i %s', async (status, body) => {
    const { rocketchat, server } = await serving(at('/hooks/info/i1/check/tok', { status, body }));
    const check = await rocketchat.checkHook(server.base, { id: 'i1', token: new Secret('tok') }, signal);
    expect(check).toEqual({ answers: false, status });
  });

  it('an unreachable webhook is reported without its token', async () => {
    const { rocketchat, server } = await serving(() => undefined);
    await server.close();
    const error = await errorOf(
      rocketchat.checkHook(server.base, { id: 'i1', token: new Secret('hook-token-1') }, signal),
    );
    expect(error.code).toBe('UNREACHABLE');
    expect(formatError(error)).not.toContain('hook-token-1');
  });
});
