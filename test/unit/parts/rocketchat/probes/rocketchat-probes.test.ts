import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../../../src/contracts/probe.ts';
import { createProbe } from '../../../../../src/contracts/probe-kinds.ts';
import { ChatopsError } from '../../../../../src/errors/chatops-error.ts';
import type { RocketChatPort } from '../../../../../src/parts/rocketchat/rocketchat.ts';
import type { ProbeSpec } from '../../../../../src/stack/stack.ts';
import { PROBE_KINDS } from '../../../../../src/wiring/probe-kinds.ts';
import { ADMIN, BOT, CHAT, chatPorts } from '../../../../builders/rocketchat.ts';
import { createFakeServer, type FakeServer } from '../../../../fakes/rocketchat-server.ts';

const signal = new AbortController().signal;
const NAME = 'chatops-up:chatops gitlab';

const aChat = (): FakeServer => {
  const server = createFakeServer();
  server.addUser({ username: 'hubot', password: 'Bot-pass-1234', roles: ['user', 'bot'] });
  server.addRoom({ name: 'ops', members: ['hubot'] });
  server.addWebhook({ name: NAME, enabled: true, scriptEnabled: true, scriptCompiled: true });
  return server;
};
const ask = (spec: ProbeSpec, server: FakeServer, port: Partial<RocketChatPort> = {}): Promise<Answer> =>
  createProbe(PROBE_KINDS, spec, chatPorts({ ...server.port, ...port })).ask(signal);
/** `not-ready: ops is archived` */
const inWords = (answer: Answer): string => {
  if (answer.kind === 'ready') return `ready: ${answer.detail ?? ''}`;
  return answer.kind === 'not-ready' ? `not-ready: ${answer.reason}` : `cannot-tell: ${answer.error.code}`;
};
const failing =
  (code: ConstructorParameters<typeof ChatopsError>[0], why = 'because') =>
  async () => {
    throw new ChatopsError(code, { what: 'it failed', why });
  };
const change = (server: FakeServer, name: string, how: Partial<FakeServer['rooms'][number]>) => {
  const room = server.rooms.find((each) => each.name === name);
  if (room) Object.assign(room, how);
};

describe('probe rocketchat', () => {
  const SPEC = { what: 'rocketchat', target: CHAT } as const;
  const cases: readonly [string, Partial<RocketChatPort>, string][] = [
    ['is ready when readiness and API answer', {}, 'ready: Rocket.Chat 8.6'],
    [
      'names what the server says it lacks',
      { readiness: async () => ({ kind: 'unavailable', reason: 'mongo degraded' }) },
      'not-ready: the server says it is unavailable: mongo degraded',
    ],
    [
      'falls back to the API where the server is too old for /readyz',
      { readiness: async () => ({ kind: 'unknown' }) },
      'ready: Rocket.Chat 8.6',
    ],
    [
      'takes a refused connection for the normal "not yet"',
      { readiness: failing('UNREACHABLE', 'connection refused') },
      'not-ready: it failed: connection refused',
    ],
    [
      'cannot tell when another server answers',
      { info: failing('UNEXPECTED_ANSWER') },
      'cannot-tell: UNEXPECTED_ANSWER',
    ],
  ];
  it.each(cases)('%s', async (_name, port, expected) => {
    expect(inWords(await ask(SPEC, aChat(), port))).toBe(expected);
  });
});

describe('probe rocketchat-alive', () => {
  const SPEC = { what: 'rocketchat-alive', target: CHAT } as const;

  it('is ready when the server says that it is alive', async () => {
    expect(inWords(await ask(SPEC, aChat()))).toBe('ready: it says that it is alive');
  });
  it('names what the server says is not well', async () => {
    const liveness: RocketChatPort['liveness'] = async () => ({ kind: 'unwell', reason: 'eventLoop degraded' });
    expect(inWords(await ask(SPEC, aChat(), { liveness }))).toBe(
      'not-ready: the server says it is not well: eventLoop degraded',
    );
  });
});

describe('probe rocketchat-ready', () => {
  const SPEC = { what: 'rocketchat-ready', target: CHAT } as const;
  const cases: readonly [string, Partial<RocketChatPort>, string][] = [
    ['is ready by its own word, whatever its API does', { info: failing('UNREACHABLE') }, 'it says that it is ready'],
    [
      'is ready when it answers and is too old to say more',
      { readiness: async () => ({ kind: 'unknown' }) },
      'it answers, and is too old to say more',
    ],
  ];
  it.each(cases)('%s', async (_name, port, detail) => {
    expect(inWords(await ask(SPEC, aChat(), port))).toBe(`ready: ${detail}`);
  });
  it('names what the server says it lacks', async () => {
    const readiness: RocketChatPort['readiness'] = async () => ({ kind: 'unavailable', reason: 'mongo degraded' });
    expect(inWords(await ask(SPEC, aChat(), { readiness }))).toBe(
      'not-ready: the server says it is unavailable: mongo degraded',
    );
  });
});

describe('probe rocketchat-login', () => {
  const SPEC = { what: 'rocketchat-login', target: CHAT, account: BOT } as const;

  it('is ready when the account can log in', async () => {
    expect(inWords(await ask(SPEC, aChat()))).toBe('ready: hubot is logged in');
  });
  it('is not ready for a deactivated account', async () => {
    const server = aChat();
    for (const user of server.users) if (user.username === 'hubot') user.active = false;
    expect(inWords(await ask(SPEC, server))).toBe('not-ready: hubot is deactivated');
  });
  it('cannot tell when the password is refused, as waiting will not fix that', async () => {
    expect(inWords(await ask(SPEC, aChat(), { login: failing('LOGIN_REFUSED') }))).toBe('cannot-tell: LOGIN_REFUSED');
  });
  it.each(['TOKEN_INVALID', 'RATE_LIMITED', 'UNREACHABLE'] as const)(
    'is not ready on %s, which passes',
    async (code) => {
      expect(inWords(await ask(SPEC, aChat(), { login: failing(code) }))).toBe('not-ready: it failed: because');
    },
  );
});

describe('probe rocketchat-room', () => {
  const spec = (may: 'see' | 'read' | 'post', room = 'ops') =>
    ({ what: 'rocketchat-room', target: CHAT, account: BOT, room, may }) as const;

  it('is ready when the account may do it', async () => {
    const server = aChat();
    for (const may of ['see', 'read', 'post'] as const)
      expect(inWords(await ask(spec(may), server))).toBe(`ready: hubot may ${may} in ops`);
  });
  it('is not ready while the room is not there', async () => {
    expect(inWords(await ask(spec('see', 'ghost'), aChat()))).toBe('not-ready: hubot sees no room ghost');
  });
  it('lets a channel be read from outside, and a private room not', async () => {
    const server = aChat();
    server.addRoom({ name: 'open' });
    server.addRoom({ name: 'closed', kind: 'private' });
    expect(inWords(await ask(spec('read', 'open'), server))).toBe('ready: hubot may read in open');
    expect(inWords(await ask(spec('read', 'closed'), server))).toBe('not-ready: hubot sees no room closed');
    expect(inWords(await ask(spec('post', 'open'), server))).toBe('not-ready: hubot is not in open');
  });
  it('asks the room for its members where accounts do not list their rooms', async () => {
    const server = aChat();
    server.listsRooms = false;
    expect(inWords(await ask(spec('post'), server))).toBe('ready: hubot may post in ops');
  });
  const closed: readonly [Partial<FakeServer['rooms'][number]>, string][] = [
    [{ archived: true }, 'ops is archived'],
    [{ muted: ['hubot'] }, 'hubot is muted in ops'],
    [{ readOnly: true }, 'ops is read-only and hubot is neither owner nor moderator there'],
  ];
  it.each(closed)('is not ready to post when %o', async (how, reason) => {
    const server = aChat();
    change(server, 'ops', how);
    expect(inWords(await ask(spec('post'), server))).toBe(`not-ready: ${reason}`);
  });
  it.each(['owner', 'moderator'])('lets a room %s post although it is read-only', async (role) => {
    const server = aChat();
    change(server, 'ops', { readOnly: true, members: new Map([['hubot', [role]]]) });
    expect(inWords(await ask(spec('post'), server))).toBe('ready: hubot may post in ops');
  });
});

describe('probe bot', () => {
  const SPEC = { what: 'bot', target: CHAT, account: BOT, rooms: ['ops'] } as const;

  it('is ready when it is connected and may post in its rooms, and closes its session', async () => {
    let closed = 0;
    const connectBot = async () => ({
      userId: 'u',
      received: async () => undefined,
      listen: () => undefined,
      ended: new Promise<void>(() => undefined),
      silentMs: () => 0,
      close: async () => {
        closed += 1;
      },
    });
    expect(inWords(await ask(SPEC, aChat(), { connectBot }))).toBe('ready: hubot is connected, may post in ops');
    expect(closed).toBe(1);
  });
  it('is not ready without a WebSocket', async () => {
    expect(inWords(await ask(SPEC, aChat(), { connectBot: failing('UNREACHABLE') }))).toBe(
      'not-ready: it failed: because',
    );
  });
  it('is not ready while one of its rooms is closed to it', async () => {
    const server = aChat();
    server.addRoom({ name: 'ci' });
    expect(inWords(await ask({ ...SPEC, rooms: ['ops', 'ci'] }, server))).toBe('not-ready: hubot is not in ci');
  });
});

describe('probe webhook', () => {
  const SPEC = { what: 'webhook', target: CHAT, admin: ADMIN, name: NAME } as const;
  const changed = (how: Partial<FakeServer['webhooks'][number]>): FakeServer => {
    const server = aChat();
    Object.assign(server.webhooks[0] ?? {}, how);
    return server;
  };
  const cases: readonly [FakeServer, string][] = [
    [aChat(), `ready: webhook ${NAME} answers`],
    [changed({ name: `${NAME} (copy)` }), `not-ready: there is no webhook ${NAME}`],
    [changed({ enabled: false }), `not-ready: webhook ${NAME} is disabled`],
    [changed({ scriptEnabled: false }), `not-ready: webhook ${NAME} has its script switched off`],
    [changed({ scriptError: 'Oops' }), `not-ready: webhook ${NAME} has a script that did not compile: Oops`],
    [changed({ scriptCompiled: false }), `not-ready: webhook ${NAME} has no compiled script`],
  ];
  it.each(cases)('looks at the script too (%#)', async (server, expected) => {
    expect(inWords(await ask(SPEC, server))).toBe(expected);
  });
  it('is not ready when the check address does not answer as a hook', async () => {
    const checkHook = async () => ({ answers: false, status: 500 });
    expect(inWords(await ask(SPEC, aChat(), { checkHook }))).toBe(
      `not-ready: webhook ${NAME} answers HTTP 500 to its check`,
    );
  });
  it('writes nothing', async () => {
    const server = aChat();
    await ask(SPEC, server);
    expect(server.writes).toEqual([]);
  });
});

describe('probe conversation', () => {
  const SPEC = { what: 'conversation', publicUrl: CHAT.url, account: BOT, room: 'ops' } as const;
  const proof = { messageId: 'm1', roomId: 'r1', text: 'hello', at: '2026-01-01T00:00:00.000Z', roundTripMs: 5 };
  const asking = async (remembered: typeof proof | undefined, said: string | undefined) => {
    const server = aChat();
    if (said !== undefined) server.messages.push({ id: 'm1', roomId: 'r1', text: said });
    const ports = chatPorts(server.port);
    if (remembered) await ports.proofs.write('conversation', remembered);
    return inWords(await createProbe(PROBE_KINDS, SPEC, ports).ask(signal));
  };
  it('is ready when the message of the proof can be read', async () => {
    expect(await asking(proof, 'hello')).toBe('ready: read back in ops: hello');
  });
  it('is not ready before anything was said, or said and not answered for', async () => {
    expect(await asking(undefined, 'hello')).toBe('not-ready: nothing has been said in ops yet');
    expect(await asking({ ...proof, messageId: '' }, 'hello')).toBe('not-ready: nothing has been said in ops yet');
  });
  it('is not ready when the message is gone or reads otherwise', async () => {
    const reason = `not-ready: what was said in ops cannot be read back at ${CHAT.url}`;
    expect(await asking(proof, undefined)).toBe(reason);
    expect(await asking(proof, 'edited')).toBe(reason);
  });
});

describe('an answer', () => {
  it('never contains a password or a token', async () => {
    const server = aChat();
    const specs: ProbeSpec[] = [
      { what: 'rocketchat-login', target: CHAT, account: BOT },
      { what: 'webhook', target: CHAT, admin: ADMIN, name: NAME },
      { what: 'bot', target: CHAT, account: BOT, rooms: ['ops', 'ghost'] },
    ];
    const answers = await Promise.all(specs.map((spec) => ask(spec, server)));
    for (const secret of ['Bot-pass-1234', 'admin-password', 'hook-token'])
      expect(JSON.stringify(answers)).not.toContain(secret);
  });
});
