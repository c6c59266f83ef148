import { z } from 'zod';
import { note, text } from '../../../config/forms.ts';
import { imageVersion } from '../../../config/image-reference.ts';
import { defineSection, type FileSoFar } from '../../../config/section.ts';
import {
  type BotConfig,
  CHAT,
  type ChatConfig,
  type RoomConfig,
  type UserConfig,
} from '../../../contracts/sections/chat.ts';
import { mailDomain } from '../../../stack/chat-mail.ts';
import * as names from '../../../values/names.ts';
import {
  DEFAULT_BOT,
  DEFAULT_CALLS_PER_MINUTE,
  DEFAULT_CHAT_VERSION,
  DEFAULT_ROOMS,
  DEFAULT_TEAM,
  OF_KIND,
} from './defaults.ts';

const room = z
  .strictObject({
    name: text(names.ROOM_NAME).describe('Name of the room, without #.'),
    kind: note(z.enum(['channel', 'private']), 'Open to everybody, or by invitation only.', 'channel'),
    members: note(
      z.array(text(names.USERNAME).describe('User name.')),
      'User names of chat.users, or the administrator. The bot joins its rooms by itself.',
      [],
    ),
    readOnly: note(z.boolean(), 'Only owners and moderators may post (Rocket.Chat).', false),
    header: note(text(names.ROOM_HEADER), 'Shown above its messages (Mattermost).'),
    purpose: note(text(names.ROOM_PURPOSE), 'What it is for (Mattermost).'),
  })
  .describe('A room with its settings.');

const user = z
  .strictObject({
    username: text(names.USERNAME).describe('Name to log in with, without @.'),
    name: note(text(names.DISPLAY_NAME), 'Name shown in the chat; by default the user name.'),
    email: note(text(names.EMAIL), 'E-mail address; by default the user name at the domain.'),
    roles: note(z.array(text(names.ROLE).describe('Role id.')).min(1), 'Roles in Rocket.Chat.', ['user']),
  })
  .describe('A person with an account in the chat.');

const bot = z.strictObject({
  username: note(text(names.USERNAME), "The bot's user name.", DEFAULT_BOT.username),
  name: note(text(names.DISPLAY_NAME), 'Name shown in the chat.', DEFAULT_BOT.name),
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

const schema = z.strictObject({
  kind: note(z.enum(['rocketchat', 'mattermost']), 'Which chat server.', 'rocketchat'),
  receiver: note(
    z.enum(['webhook', 'relay']),
    'What GitLab sends its events to: a webhook in the chat, or a relay beside it: it loses none while the chat is away, and shows each pipeline as one message that changes. By default webhook; of Mattermost always the relay.',
    'webhook',
  ),
  url: note(
    text(names.SERVER_URL),
    'Address of a chat server that exists already: then neither one of ours nor its database is started.',
  ),
  version: note(
    z.union([text(names.CHAT_VERSION), z.number()]),
    'major.minor of Rocket.Chat, quoted or not: 8.10 stays 8.10. That of Mattermost is said by `images.mattermost`.',
    DEFAULT_CHAT_VERSION,
  ),
  licensed: note(
    z.boolean(),
    'Whether .env has a licence as ROCKETCHAT_LICENSE. Without one Rocket.Chat 8 takes no messages unless it reaches collector.rocket.chat over the internet at its first start and once in ten days.',
    false,
  ),
  registration: note(
    z.enum(['closed', 'secret-url', 'public']),
    'Who may make an account: nobody but the administrator, who knows the secret address (Administration → Accounts → Registration), or everybody who reaches the chat.',
    'closed',
  ),
  callsPerMinute: note(
    z.int().min(10).max(100_000),
    'How often one address may call each route of the API, a minute. The server ships with 10: less than jobs, probes and a busy GitLab need.',
    DEFAULT_CALLS_PER_MINUTE,
  ),
  secondFactor: note(
    z.strictObject({
      password: note(
        z.boolean(),
        'Whether the password is asked for once more before an administrator changes a setting.',
        false,
      ),
      mail: note(
        z.boolean(),
        'Whether new users with a verified address get a code by mail when they log in; the chat needs a mail server for it.',
        false,
      ),
    }),
    'When the chat asks for more than a password at the login.',
  ),
  team: note(text(names.TEAM_NAME), 'Name of the team that the rooms are in (Mattermost).', DEFAULT_TEAM),
  rooms: note(
    z.array(z.union([text(names.ROOM_NAME).describe('Name of an open room.'), room])),
    'Rooms to be there: a name, or a mapping with name, kind, members, and readOnly or header and purpose.',
    DEFAULT_ROOMS.map(({ name }) => name),
  ),
  users: note(
    z.array(z.union([text(names.USERNAME).describe('User name.'), user])),
    'Accounts to be there: a user name, or a mapping with username, name, email, roles.',
    [],
  ),
  bot: note(bot, 'The bot.'),
  hooks: note(z.array(hook), 'Incoming webhooks for programs of your own (Mattermost).', []),
  locale: note(z.enum(['en', 'fr']), 'Language of the announcements.', 'en'),
});

type Written = z.output<typeof schema>;

const roomOf = (written: NonNullable<Written['rooms']>[number]): RoomConfig => {
  const full: z.output<typeof room> = typeof written === 'string' ? { name: written } : written;
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
const botOf = (written: NonNullable<Written['bot']>, rooms: readonly RoomConfig[], ownRoom: string): BotConfig => {
  const username = written.username ?? DEFAULT_BOT.username;
  const writable = [...rooms.filter((each) => !each.readOnly), ...rooms.filter((each) => each.readOnly)];
  const all = rooms.length === 0 ? [ownRoom] : writable.map(({ name }) => name);
  return {
    username,
    name: written.name ?? (written.username === undefined ? DEFAULT_BOT.name : username),
    rooms: written.rooms ?? all,
  };
};

/** Where only the image is named, its tag says the version. */
const versionIn = (image: string | undefined): string => {
  const version = image === undefined ? undefined : imageVersion(image);
  return version === undefined ? DEFAULT_CHAT_VERSION : `${version.major}.${version.minor}`;
};

const complete = (written: Written = {}, { domain, images }: FileSoFar): ChatConfig => {
  const rooms = written.rooms === undefined ? DEFAULT_ROOMS : written.rooms.map(roomOf);
  const kind = written.kind ?? 'rocketchat';
  const { receiver, ownRoom, stores, hasTeams, takesDeliveries } = OF_KIND[kind];
  return {
    kind,
    stores,
    takesDeliveries,
    ...(hasTeams ? { team: written.team ?? DEFAULT_TEAM } : {}),
    receiver: written.receiver ?? receiver,
    ...(written.url === undefined ? {} : { url: written.url.replace(/\/+$/, '') }),
    version: String(written.version ?? versionIn(images.rocketchat)),
    licensed: written.licensed ?? false,
    registration: written.registration ?? 'closed',
    callsPerMinute: written.callsPerMinute ?? DEFAULT_CALLS_PER_MINUTE,
    secondFactor: { password: written.secondFactor?.password ?? false, mail: written.secondFactor?.mail ?? false },
    ownRoom,
    rooms: rooms.map((each) => ({ ...each })),
    users: (written.users ?? []).map((each) => userOf(each, domain)),
    bot: botOf(written.bot ?? {}, rooms, ownRoom),
    ...(written.hooks === undefined ? {} : { hooks: written.hooks }),
    locale: written.locale ?? 'en',
  };
};

export const chatSection = defineSection({
  key: 'chat',
  schema,
  about: 'The chat server, its rooms, people and bot.',
  asWritten: ['version'],
  as: CHAT,
  complete,
  sample: `chat:
  kind: rocketchat       # or mattermost
  receiver: webhook      # or relay: a service beside the chat that loses no event while the chat is away

  # An existing server instead of one of ours:
  # url: https://chat.example.org

  # major.minor of Rocket.Chat; decides the image and the MongoDB that fits.
  version: "${DEFAULT_CHAT_VERSION}"

  # With a licence, in .env as ROCKETCHAT_LICENSE, it needs no internet.
  licensed: false

  # Who may make an account: closed (nobody but the administrator), secret-url, or public.
  registration: closed

  # How often one address may call each route of the API, and when more than a password at the login is asked for:
  # callsPerMinute: ${DEFAULT_CALLS_PER_MINUTE}
  # secondFactor:
  #   password: true     # once more, before an administrator changes a setting
  #   mail: true         # a code by mail, for new users with a verified address

  # A name alone is an open room. All that can be said about one:
  #   - name: board
  #     kind: private        # or channel
  #     members: [alice]     # from users below, or the administrator
  #     readOnly: false      # Rocket.Chat alone
  #     header: Agenda       # Mattermost alone, and
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
    username: ${DEFAULT_BOT.username}
    name: ${DEFAULT_BOT.name}
    # The rooms it is in; the conversation is proven in the first. Left out: every room.
    # rooms: [${DEFAULT_ROOMS.map(({ name }) => name).join(', ')}]

  # Of Mattermost alone: the team that the rooms are in, and incoming webhooks for programs of your own.
  # team: ${DEFAULT_TEAM}
  # hooks: [{ name: backups, room: ${DEFAULT_ROOMS[0]?.name} }]

  # Language of the announcements: en or fr.
  locale: en
`,
});
