import { clientsOf, type Ports, provide } from '../../src/contracts/ports.ts';
import type { Proof } from '../../src/contracts/proofs.ts';
import { ChatopsError } from '../../src/errors/chatops-error.ts';
import { ROCKETCHAT, type RocketChatPort } from '../../src/parts/rocketchat/rocketchat.ts';
import type { RocketChatSetupSpec } from '../../src/parts/rocketchat/setup/spec.ts';
import type { Account } from '../../src/stack/stack.ts';
import { Secret } from '../../src/values/secret.ts';
import { withContracts } from '../../src/wiring/with-contracts.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';

export const MARK = 'chatops-up:chatops';
export const CHAT = { kind: 'url', url: 'http://chat.test:3000' } as const;
export const ADMIN: Account = { username: 'chief', password: 'ADMIN_PASSWORD' };
export const BOT: Account = { username: 'hubot', password: 'BOT_PASSWORD' };
export const SECRETS: Readonly<Record<string, string>> = {
  ADMIN_PASSWORD: 'admin-password',
  BOT_PASSWORD: 'Bot-pass-1234',
  ALICE_PASSWORD: 'Alice-pass-1234',
  HOOK_SECRET: 'hook-secret',
};

/** What a server says that takes no messages. */
export const readOnly = (): ChatopsError =>
  new ChatopsError('CHAT_READ_ONLY', { what: 'the chat takes no messages', why: 'it is offline', next: 'let it out' });

/** A small chat: one bot, one person, two rooms, one webhook. */
export const aSetup = (overrides: Partial<RocketChatSetupSpec> = {}): RocketChatSetupSpec => ({
  job: 'rocketchat-setup',
  mark: MARK,
  target: CHAT,
  admin: ADMIN,
  settings: {},
  bot: { ...BOT, name: 'Hubot', email: 'hubot@chatops.test', roles: ['user', 'bot'] },
  users: [aUser()],
  rooms: [aRoom({ name: 'ops', members: ['hubot', 'alice'] }), aRoom({ name: 'ci', members: ['hubot'] })],
  webhook: {
    name: `${MARK} gitlab`,
    room: 'ci',
    locale: 'en',
    secret: 'HOOK_SECRET',
    hooks: ['ci', 'ops'].map((room) => ({ source: { kind: 'project', path: 'ops/app' }, room })),
  },
  ...overrides,
});

export const aUser = (overrides: Partial<RocketChatSetupSpec['users'][number]> = {}) => ({
  username: 'alice',
  password: 'ALICE_PASSWORD',
  name: 'Alice',
  email: 'alice@chatops.test',
  roles: ['user'],
  ...overrides,
});

export const aRoom = (
  overrides: Partial<RocketChatSetupSpec['rooms'][number]> = {},
): RocketChatSetupSpec['rooms'][number] => ({
  name: 'ops',
  kind: 'channel',
  readOnly: false,
  members: [],
  ...overrides,
});

/** Ports of which only those of the chat work; every other throws when it is touched. */
export const chatPorts = (rocketchat: RocketChatPort, more: Partial<Ports> = {}): Ports => {
  const proofs = new Map<string, Proof>();
  const untouched = (name: string) =>
    new Proxy({}, { get: () => () => Promise.reject(new Error(`${name} is none of the chat's business`)) }) as never;
  let words = 0;
  return withContracts({
    addresses: { resolve: ({ service, port }) => ({ host: service, port }) },
    clock: createVirtualClock(),
    secrets: {
      read: (name) => {
        const value = SECRETS[name];
        if (value === undefined) throw new Error(`no secret ${name}`);
        return new Secret(value);
      },
    },
    http: { request: untouched('http'), upgrade: async () => 101 },
    tcp: untouched('tcp'),
    proofs: { read: async (name) => proofs.get(name), write: async (name, proof) => void proofs.set(name, proof) },
    hookPlaces: { read: async () => [], add: async () => undefined },
    randomWord: () => {
      words += 1;
      return `word${words}`;
    },
    client: clientsOf([provide(ROCKETCHAT, rocketchat)], ({ name }) => untouched(name)),
    ...more,
  });
};

/** `create user alice: there is no account alice` */
export const inWords = (
  things: readonly {
    readonly action: string;
    readonly resource: string;
    readonly name: string;
    readonly cause: string;
  }[],
): string[] => things.map(({ action, resource, name, cause }) => `${action} ${resource} ${name}: ${cause}`);
