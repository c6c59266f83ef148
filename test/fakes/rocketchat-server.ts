/**
 * A Rocket.Chat that exists in memory, behind our port: what it keeps, refuses and drops is what the reference says of
 * the real one. `fail` is asked before and after every write: what it throws is a kill or a lost answer.
 */

import type { ChatMessage } from '../../src/contracts/chat.ts';
import { ChatopsError } from '../../src/errors/chatops-error.ts';
import type {
  ChatRoom,
  ChatUser,
  NewRoom,
  NewUser,
  RocketChatPort,
  RocketChatSession,
  SettingValue,
  WantedWebhook,
  Webhook,
} from '../../src/parts/rocketchat/rocketchat.ts';
import { Secret } from '../../src/values/secret.ts';

export interface FakeUser {
  readonly id: string;
  readonly username: string;
  name: string;
  emails: string[];
  roles: string[];
  active: boolean;
  bio: string;
  password: string;
}

export interface FakeRoom {
  readonly id: string;
  readonly name: string;
  kind: ChatRoom['kind'];
  readOnly: boolean;
  archived: boolean;
  readonly mark: string | undefined;
  readonly muted: string[];
  /** User name → roles in the room. */
  readonly members: Map<string, string[]>;
}

export type FakeWebhook = { -readonly [K in keyof Webhook]: Webhook[K] };
type Moment = 'before' | 'after';

export interface FakeServer {
  readonly port: RocketChatPort;
  readonly users: FakeUser[];
  readonly rooms: FakeRoom[];
  readonly webhooks: FakeWebhook[];
  readonly settings: Map<string, SettingValue>;
  readonly messages: ChatMessage[];
  /** In order: `createUser alice`, never a read. */
  readonly writes: string[];
  readonly reads: string[];
  readonly logins: string[];
  fail: (moment: Moment, write: string) => void;
  /** Full number of its release. */
  version: string;
  /** As a server before 7.0: accounts do not list their rooms. */
  listsRooms: boolean;
  compiles: boolean;
  addUser(user: Partial<FakeUser> & { readonly username: string }): FakeUser;
  addRoom(
    room: Partial<Omit<FakeRoom, 'members'>> & { readonly name: string; readonly members?: readonly string[] },
  ): FakeRoom;
  addWebhook(webhook: Partial<FakeWebhook> & { readonly name: string }): FakeWebhook;
}

export const createFakeServer = (): FakeServer => {
  let ids = 0;
  const nextId = () => {
    ids += 1;
    return `id${ids}`;
  };
  const readUser = (user: FakeUser): ChatUser => ({
    id: user.id,
    username: user.username,
    name: user.name,
    emails: user.emails,
    roles: user.roles,
    active: user.active,
    bio: user.bio,
    ...(server.listsRooms && {
      rooms: server.rooms
        .filter(({ members }) => members.has(user.username))
        .map(({ id, name, members }) => ({ id, name, roles: members.get(user.username) ?? [] })),
    }),
  });
  const readRoom = ({ members: _, ...room }: FakeRoom): ChatRoom => ({ ...room, muted: [...room.muted] });
  const userNamed = (username: string) => server.users.find((user) => user.username === username);
  const roomOf = (id: string) => {
    const room = server.rooms.find((each) => each.id === id);
    if (!room) throw new ChatopsError('JOB_FAILED', { what: 'no such room' });
    return room;
  };
  const join = (room: FakeRoom, usernames: readonly string[]) => {
    // Unknown names are dropped without a word, members stay what they are.
    for (const name of usernames) if (userNamed(name) && !room.members.has(name)) room.members.set(name, []);
  };
  const write = async <T>(what: string, work: () => T): Promise<T> => {
    server.writes.push(what);
    server.fail('before', what);
    const done = work();
    server.fail('after', what);
    return done;
  };
  const taken = (what: string) => new ChatopsError('CONFLICT', { what });
  const webhookFields = (wanted: WantedWebhook) => ({
    name: wanted.name,
    channels: [`#${wanted.room}`],
    poster: wanted.poster,
    enabled: true,
    scriptEnabled: true,
    overrideRoom: true,
    script: wanted.script,
    scriptCompiled: server.compiles,
    scriptError: server.compiles ? undefined : 'Unexpected token',
  });

  const sessionOf = (caller: FakeUser): RocketChatSession => {
    const read = async <T>(what: string, work: () => T): Promise<T> => {
      server.reads.push(what);
      return work();
    };
    return {
      userId: caller.id,
      username: caller.username,
      roles: caller.roles,
      version: () => read('version', () => server.version),
      setting: (id) => read(`setting ${id}`, () => server.settings.get(id)),
      users: () => read('users', () => server.users.map(({ id, username, emails }) => ({ id, username, emails }))),
      user: (name) =>
        read(`user ${name}`, () => {
          const found = userNamed(name);
          return found && readUser(found);
        }),
      rooms: () => read('rooms', () => server.rooms.map(readRoom)),
      room: (name) =>
        read(`room ${name}`, () => {
          const room = server.rooms.find((each) => each.name === name);
          const hidden = room?.kind === 'private' && !room.members.has(caller.username);
          return room && !hidden ? readRoom(room) : undefined;
        }),
      members: ({ id }) => read('members', () => [...roomOf(id).members.keys()]),
      webhooks: () => read('webhooks', () => server.webhooks.map((webhook) => ({ ...webhook }))),
      message: (id) => read('message', () => server.messages.find((message) => message.id === id)),
      latestMessages: ({ id }, count) =>
        read('latestMessages', () =>
          server.messages
            .filter(({ roomId }) => roomId === id)
            .toReversed()
            .slice(0, count),
        ),
      changeSetting: (id, value) => write(`changeSetting ${id}`, () => void server.settings.set(id, value)),
      createUser: (user: NewUser) =>
        write(`createUser ${user.username}`, () => {
          const clash = server.users.some(
            ({ username, emails }) =>
              username.toLowerCase() === user.username.toLowerCase() || emails.includes(user.email),
          );
          if (clash) throw taken(`user ${user.username}`);
          const { email, password, joinDefaultRooms, ...rest } = user;
          server.addUser({ ...rest, roles: [...user.roles], emails: [email], password: password.reveal() });
          if (joinDefaultRooms) for (const room of server.rooms) if (room.id === 'GENERAL') join(room, [user.username]);
        }),
      addRole: (username, role) =>
        write(`addRole ${username} ${role}`, () => {
          const user = userNamed(username);
          if (user && !user.roles.includes(role)) user.roles.push(role);
        }),
      createRoom: (room: NewRoom) =>
        write(`createRoom ${room.name} [${room.members.join(' ')}]`, () => {
          if (server.rooms.some(({ name }) => name === room.name)) throw taken(`room ${room.name}`);
          const made = server.addRoom({ name: room.name, kind: room.kind, readOnly: room.readOnly, mark: room.mark });
          made.members.set(caller.username, ['owner']);
          join(made, room.members);
        }),
      invite: ({ id }, usernames) =>
        write(`invite ${usernames.join(' ')} to ${roomOf(id).name}`, () => join(roomOf(id), usernames)),
      addModerator: ({ id }, userId) =>
        write(`addModerator in ${roomOf(id).name}`, () => {
          const user = server.users.find((each) => each.id === userId);
          if (user) roomOf(id).members.set(user.username, ['moderator']);
        }),
      setReadOnly: ({ id }, readOnly) =>
        write(`setReadOnly ${roomOf(id).name} ${readOnly}`, () => {
          roomOf(id).readOnly = readOnly;
        }),
      createWebhook: (wanted) => write(`createWebhook ${wanted.name}`, () => server.addWebhook(webhookFields(wanted))),
      updateWebhook: (id, wanted) =>
        write(`updateWebhook ${wanted.name}`, () => {
          const found = server.webhooks.find((webhook) => webhook.id === id);
          if (!found) throw new ChatopsError('JOB_FAILED', { what: 'no such webhook' });
          return Object.assign(found, webhookFields(wanted));
        }),
      post: (roomId, text) =>
        write(`post to ${roomOf(roomId).name}`, () => {
          const message = { id: nextId(), roomId, text };
          server.messages.push(message);
          return message;
        }),
      deleteMessage: ({ id }) =>
        write('deleteMessage', () => {
          const at = server.messages.findIndex((message) => message.id === id);
          if (at >= 0) server.messages.splice(at, 1);
        }),
      send: ({ id, roomId, text }) =>
        write(`send to ${roomOf(roomId).name}`, () => void server.messages.push({ id, roomId, text })),
      edit: ({ id, text }) =>
        write('edit', () => {
          const place = server.messages.findIndex((message) => message.id === id);
          const found = server.messages[place];
          if (!found) throw new ChatopsError('JOB_FAILED', { what: 'no such message' });
          server.messages[place] = { ...found, text };
        }),
    };
  };

  const server: FakeServer = {
    port: {
      info: async () => ({ version: '8.6' }),
      liveness: async () => ({ kind: 'alive', detail: 'it says that it is alive' }),
      readiness: async () => ({ kind: 'ready' }),
      login: async (_base, { username, password, passwordName }) => {
        server.logins.push(username);
        const user = userNamed(username);
        if (user?.password === password.reveal()) return sessionOf(user);
        throw new ChatopsError('LOGIN_REFUSED', {
          what: `login of ${username} refused`,
          next: `compare ${passwordName} in .env`,
        });
      },
      connectBot: async (_base, { username }) => ({
        userId: userNamed(username)?.id ?? '',
        received: async () => undefined,
        listen: () => undefined,
        ended: new Promise<void>(() => undefined),
        silentMs: () => 0,
        close: async () => undefined,
      }),
      checkHook: async (_base, { id }) => {
        const known = server.webhooks.some((webhook) => webhook.id === id && webhook.enabled);
        return { answers: known, status: known ? 200 : 503 };
      },
    },
    users: [],
    rooms: [],
    webhooks: [],
    settings: new Map(),
    messages: [],
    writes: [],
    reads: [],
    logins: [],
    fail: () => undefined,
    version: '8.6.1',
    listsRooms: true,
    compiles: true,
    addUser: (user) => {
      const made: FakeUser = {
        id: nextId(),
        name: user.username,
        emails: [`${user.username}@hand.example`],
        roles: ['user'],
        active: true,
        bio: '',
        password: `${user.username}-password`,
        ...user,
      };
      server.users.push(made);
      return made;
    },
    addRoom: ({ members = [], ...room }) => {
      const made: FakeRoom = {
        id: nextId(),
        kind: 'channel',
        readOnly: false,
        archived: false,
        mark: undefined,
        muted: [],
        ...room,
        members: new Map(members.map((name) => [name, []])),
      };
      server.rooms.push(made);
      return made;
    },
    addWebhook: (webhook) => {
      const made: FakeWebhook = {
        id: nextId(),
        token: new Secret('hook-token'),
        channels: ['#general'],
        poster: 'rocket.cat',
        enabled: true,
        scriptEnabled: false,
        overrideRoom: false,
        script: '',
        scriptCompiled: false,
        scriptError: undefined,
        ...webhook,
      };
      server.webhooks.push(made);
      return made;
    },
  };
  server.addUser({ username: 'rocket.cat', roles: ['bot'], emails: [] });
  server.addUser({ username: 'chief', roles: ['admin'], password: 'admin-password' });
  server.addRoom({ id: 'GENERAL', name: 'general', members: ['chief', 'rocket.cat'] });
  return server;
};
