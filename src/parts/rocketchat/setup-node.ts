import type { Config, RoomConfig } from '../../config/config.ts';
import { mailDomain } from '../../config/defaults.ts';
import { HOOK_SECRET, userPasswordName } from '../../config/secret-names.ts';
import { filtersOf, routesOf } from '../../stack/announced-rooms.ts';
import { markOf, webhookName } from '../../stack/names.ts';
import type { JobNode } from '../../stack/stack.ts';
import { adminAccount, botAccount, chatTarget } from '../../stack/targets.ts';
import { announces, bundlesChat, usesRelay } from '../../stack/variation.ts';
import { CHAT_SETTINGS } from './settings.ts';
import type { RocketChatSetupSpec } from './setup/spec.ts';

/** The bot is inside its own rooms, and where it announces: it cannot post into a private room from outside. */
const membersOf = (config: Config, room: RoomConfig): readonly string[] => {
  const announcedHere = announces(config) && config.gitlab.announce.some((each) => each.room === room.name);
  const { bot } = config.chat;
  return [...new Set([...room.members, ...(announcedHere || bot.rooms.includes(room.name) ? [bot.username] : [])])];
};

const rooms = (config: Config): RocketChatSetupSpec['rooms'] =>
  config.chat.rooms.map((room) => ({ ...room, members: membersOf(config, room) }));

const users = ({ chat }: Config): RocketChatSetupSpec['users'] =>
  chat.users.map((user) => ({ ...user, password: userPasswordName(user.username) }));

/** `bot` lets it post under other names (webhooks need that), `user` lets it make a token of its own. */
const bot = (config: Config): RocketChatSetupSpec['bot'] => ({
  ...botAccount(config),
  name: config.chat.bot.name,
  email: `${config.chat.bot.username}@${mailDomain(config.domain)}`,
  roles: ['user', 'bot'],
});

const webhook = (config: Config): Pick<RocketChatSetupSpec, 'webhook'> => {
  const first = config.gitlab.announce[0];
  if (!announces(config) || !first || usesRelay(config)) return {};
  const { locale } = config.chat;
  const { people, wording } = config.notifier;
  const routes = routesOf(config);
  const filters = filtersOf(config.gitlab.announce);
  return {
    webhook: {
      name: webhookName(config),
      room: first.room,
      locale,
      secret: HOOK_SECRET,
      ...(routes.length === 0 ? {} : { routes }),
      ...(filters.length === 0 ? {} : { filters }),
      ...(Object.keys(people).length === 0 ? {} : { people }),
      ...(Object.keys(wording).length === 0 ? {} : { wording }),
    },
  };
};

export const rocketchatSetup = (config: Config): JobNode => ({
  kind: 'job',
  name: 'rocketchat-setup',
  gates: bundlesChat(config) ? [{ node: 'rocketchat', until: 'usable' }] : [],
  job: {
    job: 'rocketchat-setup',
    mark: markOf(config),
    target: chatTarget(config),
    admin: adminAccount(config),
    // The settings of an existing server are its owner's.
    settings: bundlesChat(config) ? CHAT_SETTINGS : {},
    bot: bot(config),
    users: users(config),
    rooms: rooms(config),
    ...webhook(config),
  },
  withinMs: 300_000,
});
