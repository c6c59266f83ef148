import { z } from 'zod';
import { note, text } from '../../../config/forms.ts';
import { defineSection, type FileSoFar, type Section } from '../../../config/section.ts';
import type { ChatKind, SharedKey } from '../../../contracts/chat-kind.ts';
import {
  type BotConfig,
  CHAT,
  type ChatConfig,
  type RoomConfig,
  type UserConfig,
} from '../../../contracts/sections/chat.ts';
import { mailDomain } from '../../../stack/chat-mail.ts';
import { either } from '../../../values/listed.ts';
import * as names from '../../../values/names.ts';
import { DEFAULT_ROOMS } from './defaults.ts';

/** What is said of a key that not every chat knows: which ones do. */
type Of = (key: SharedKey) => string;

const roomWith = (of: Of) =>
  z
    .strictObject({
      name: text(names.ROOM_NAME).describe('Name of the room, without #.'),
      kind: note(z.enum(['channel', 'private']), 'Open to everybody, or by invitation only.', 'channel'),
      members: note(
        z.array(text(names.USERNAME).describe('User name.')),
        'User names of chat.users, or the administrator. The bot joins its rooms by itself.',
        [],
      ),
      readOnly: note(z.boolean(), `Only owners and moderators may post${of('rooms.readOnly')}.`, false),
      header: note(text(names.ROOM_HEADER), `Shown above its messages${of('rooms.header')}.`),
      purpose: note(text(names.ROOM_PURPOSE), `What it is for${of('rooms.purpose')}.`),
    })
    .describe('A room with its settings.');

const user = z
  .strictObject({
    username: text(names.USERNAME).describe('Name to log in with, without @.'),
    name: note(text(names.DISPLAY_NAME), 'Name shown in the chat; by default the user name.'),
    email: note(text(names.EMAIL), 'E-mail address; by default the user name at the domain.'),
    roles: note(z.array(text(names.ROLE).describe('Role id.')).min(1), 'Roles in the chat.', ['user']),
  })
  .describe('A user of the chat.');

const botWith = ({ username, name }: BotAccount) =>
  z.strictObject({
    username: note(text(names.USERNAME), "The bot's user name.", username),
    name: note(text(names.DISPLAY_NAME), 'Name shown in the chat.', name),
    rooms: note(
      z.array(text(names.ROOM_NAME).describe('Name of a room.')).min(1),
      'Rooms the bot is in; in the first one the conversation is proven. By default every room.',
    ),
  });

const hook = z
  .strictObject({
    name: text(names.DISPLAY_NAME).describe('Name of the webhook, shown where webhooks are listed.'),
    room: text(names.ROOM_NAME).describe('Room that it posts into.'),
  })
  .describe('An incoming webhook.');

/** What the section is made of. */
export interface ChatRole {
  /** The first one is the default. */
  readonly kinds: readonly [ChatKind, ...ChatKind[]];
  readonly bot: BotAccount;
}

type BotAccount = Pick<BotConfig, 'username' | 'name'>;

/** Titles of the kinds that know a key. */
const knowing = (kinds: readonly ChatKind[], key: SharedKey): readonly string[] =>
  kinds.filter(({ knows }) => knows.includes(key)).map(({ title }) => title);

const shared = ({ kinds, bot }: ChatRole) => {
  const [first] = kinds;
  const of: Of = (key) => ` (${either(knowing(kinds, key))})`;
  return z.strictObject({
    kind: note(z.enum(kinds.map(({ kind }) => kind)), 'Which chat server.', first.kind),
    receiver: note(
      z.enum(['webhook', 'relay']),
      'What the forge sends its events to: a webhook in the chat, or a relay beside it: it loses none while the chat is away, and shows each pipeline as one message that changes. By default webhook where the chat makes messages of events by itself, else always the relay.',
      'webhook',
    ),
    url: note(
      text(names.SERVER_URL),
      'Address of a chat server that exists already: then neither one of ours nor its database is started.',
    ),
    version: note(
      z.union([text(names.CHAT_VERSION), z.number()]),
      `major.minor of ${either(knowing(kinds, 'version'))}, quoted or not: 8.10 stays 8.10. That of others is said by their image.`,
      first.version?.byDefault,
    ),
    team: note(
      text(names.TEAM_NAME),
      `Name of the team that the rooms are in${of('team')}.`,
      kinds.find(({ team }) => team)?.team,
    ),
    rooms: note(
      z.array(z.union([text(names.ROOM_NAME).describe('Name of an open room.'), roomWith(of)])),
      'Rooms to be there: a name, or a mapping with name, kind, members, and readOnly or header and purpose.',
      DEFAULT_ROOMS.map(({ name }) => name),
    ),
    users: note(
      z.array(z.union([text(names.USERNAME).describe('User name.'), user])),
      'Accounts to be there: a user name, or a mapping with username, name, email, roles.',
      [],
    ),
    bot: note(botWith(bot), 'The bot.'),
    hooks: note(z.array(hook), `Incoming webhooks for programs of your own${of('hooks')}.`, []),
    locale: note(z.enum(['en', 'fr']), 'Language of the announcements.', 'en'),
  });
};

type Schema = ReturnType<typeof shared>;
type Written = z.output<Schema>;
type WrittenRoom = Exclude<NonNullable<Written['rooms']>[number], string>;

/** Those of each kind stand behind `version`. */
const schemaOf = (role: ChatRole): Schema => {
  const { kind, receiver, url, version, ...rest } = shared(role).shape;
  const own = role.kinds.map(({ settings }) => settings?.shape ?? {});
  return z.strictObject({ kind, receiver, url, version, ...Object.assign({}, ...own), ...rest }) as unknown as Schema;
};

const roomOf = (written: NonNullable<Written['rooms']>[number]): RoomConfig => {
  const full: WrittenRoom = typeof written === 'string' ? { name: written } : written;
  return {
    name: full.name,
    kind: full.kind ?? 'channel',
    members: full.members ?? [],
    readOnly: full.readOnly ?? false,
    ...(full.header === undefined ? {} : { header: full.header }),
    ...(full.purpose === undefined ? {} : { purpose: full.purpose }),
  };
};

const userOf = (written: NonNullable<Written['users']>[number], domain: string): UserConfig => {
  const full = typeof written === 'string' ? { username: written } : written;
  return {
    username: full.username,
    name: full.name ?? full.username,
    email: full.email ?? `${full.username}@${mailDomain(domain)}`,
    roles: full.roles ?? ['user'],
  };
};

/**
 * A stack without rooms still has the server's own: the bot needs one to prove the conversation in. It is proven in
 * the first, so rooms where it may not post come last.
 */
const botOf = (
  written: NonNullable<Written['bot']>,
  byDefault: BotAccount,
  rooms: readonly RoomConfig[],
  ownRoom: string,
): BotConfig => {
  const username = written.username ?? byDefault.username;
  const writable = [...rooms.filter((each) => !each.readOnly), ...rooms.filter((each) => each.readOnly)];
  const all = rooms.length === 0 ? [ownRoom] : writable.map(({ name }) => name);
  return {
    username,
    name: written.name ?? (written.username === undefined ? byDefault.name : username),
    rooms: written.rooms ?? all,
  };
};

const versionOf = (written: Written, { version }: ChatKind, images: FileSoFar['images']) => {
  if (version === undefined) return {};
  const said = String(written.version ?? version.of(images));
  const database = version.database?.(said);
  return { version: said, ...(database === undefined ? {} : { database }) };
};

const complete =
  ({ kinds, bot }: ChatRole) =>
  (written: Written = {}, { domain, images }: FileSoFar): ChatConfig => {
    const rooms = written.rooms === undefined ? DEFAULT_ROOMS : written.rooms.map(roomOf);
    const [byDefault] = kinds;
    const kind = kinds.find((each) => each.kind === written.kind) ?? byDefault;
    const { ownRoom } = kind;
    return {
      kind: kind.kind,
      title: kind.title,
      stores: kind.stores,
      takesDeliveries: kind.takesDeliveries,
      ...(kind.team === undefined ? {} : { team: written.team ?? kind.team }),
      receiver: written.receiver ?? (kind.takesDeliveries ? 'webhook' : 'relay'),
      ...(written.url === undefined ? {} : { url: written.url.replace(/\/+$/, '') }),
      ...versionOf(written, kind, images),
      settings: kind.settings?.complete(written),
      ownRoom,
      rooms: rooms.map((each) => ({ ...each })),
      users: (written.users ?? []).map((each) => userOf(each, domain)),
      bot: botOf(written.bot ?? {}, bot, rooms, ownRoom),
      ...(written.hooks === undefined ? {} : { hooks: written.hooks }),
      locale: written.locale ?? 'en',
    };
  };

/** How `init` writes it; keys that not every chat knows say which do. */
const sampleOf = ({ kinds, bot }: ChatRole): string => {
  const [{ kind, version }, ...others] = kinds;
  const alone = (key: SharedKey): string => `${either(knowing(kinds, key))} alone`;
  return `chat:
  kind: ${kind}       # or ${either(others.map((each) => each.kind))}
  receiver: webhook      # or relay: a service beside the chat that loses no event while the chat is away

  # An existing server instead of one of ours:
  # url: https://chat.example.org

  # major.minor of ${either(knowing(kinds, 'version'))}; decides the image and the database that fits.
  version: "${version?.byDefault}"

${kinds.map(({ settings }) => settings?.sample ?? '').join('')}  # A name alone is an open room. All that can be said about one:
  #   - name: board
  #     kind: private        # or channel
  #     members: [alice]     # from users below, or the administrator
  #     readOnly: false      # ${alone('rooms.readOnly')}
  #     header: Agenda       # ${alone('rooms.header')}, and
  #     purpose: To decide
  rooms:
${DEFAULT_ROOMS.map(({ name }) => `    - ${name}`).join('\n')}

  # A user name alone is enough. All that can be said about one:
  #   - username: alice
  #     name: Alice Liddell
  #     email: alice@example.org
  #     roles: [user]
  users: []

  bot:
    username: ${bot.username}
    name: ${bot.name}
    # The rooms it is in; the conversation is proven in the first. Left out: every room.
    # rooms: [${DEFAULT_ROOMS.map(({ name }) => name).join(', ')}]

  # Of ${alone('team')}: the team that the rooms are in, and incoming webhooks for programs of your own.
  # team: ${kinds.find(({ team }) => team)?.team}
  # hooks: [{ name: backups, room: ${DEFAULT_ROOMS[0]?.name} }]

  # Language of the announcements: en or fr.
  locale: en
`;
};

export const chatSection = (role: ChatRole): Section<Schema, ChatConfig> =>
  defineSection({
    key: 'chat',
    schema: schemaOf(role),
    about: 'The chat server, its rooms, people and bot.',
    asWritten: ['version'],
    as: CHAT,
    complete: complete(role),
    sample: sampleOf(role),
  });

/** What is written under `chat`; keys of the kinds' own among it. */
export const writtenChat = ({ chat }: Readonly<Record<string, unknown>>): Written & Readonly<Record<string, unknown>> =>
  (chat ?? {}) as Written & Readonly<Record<string, unknown>>;
