import type { Config } from '../../config/config.ts';
import { sectionOf } from '../../config/section.ts';
import { CHAT, type RoomConfig } from '../../contracts/sections/chat.ts';
import { FORGE } from '../../contracts/sections/forge.ts';
import { NOTIFIER } from '../../contracts/sections/notifier.ts';
import { filtersOf, hooksOf, linkedHosts, routesOf } from '../../stack/announced-rooms.ts';
import { adminAccount, botAccount, userPasswordName } from '../../stack/chat-accounts.ts';
import { botEmail } from '../../stack/chat-mail.ts';
import { markOf } from '../../stack/names.ts';
import type { ForgeOffer, JobNode } from '../../stack/stack.ts';
import { announces, bundlesChat, usesRelay } from '../../stack/variation.ts';
import { SETUP, webhookRef } from './offers.ts';
import { settingsFor } from './settings.ts';
import type { RocketChatSetupSpec } from './setup/spec.ts';
import { CHAT_ENDPOINT, chatTarget } from './target.ts';

/** The bot is inside its own rooms, and where it announces: it cannot post into a private room from outside. */
const membersOf = (config: Config, room: RoomConfig): readonly string[] => {
  const announcedHere = announces(config) && sectionOf(config, FORGE).announce.some((each) => each.room === room.name);
  const { bot } = sectionOf(config, CHAT);
  return [...new Set([...room.members, ...(announcedHere || bot.rooms.includes(room.name) ? [bot.username] : [])])];
};

const rooms = (config: Config): RocketChatSetupSpec['rooms'] =>
  sectionOf(config, CHAT).rooms.map((room) => ({ ...room, members: membersOf(config, room) }));

const users = (config: Config): RocketChatSetupSpec['users'] =>
  sectionOf(config, CHAT).users.map((user) => ({ ...user, password: userPasswordName(user.username) }));

/** `bot` lets it post under other names (webhooks need that), `user` lets it make a token of its own. */
const bot = (config: Config): RocketChatSetupSpec['bot'] => ({
  ...botAccount(config),
  name: sectionOf(config, CHAT).bot.name,
  email: botEmail(sectionOf(config, CHAT).bot, config),
  roles: ['user', 'bot'],
});

const webhook = (config: Config, forge: ForgeOffer | undefined): Pick<RocketChatSetupSpec, 'webhook'> => {
  const first = sectionOf(config, FORGE).announce[0];
  if (!announces(config) || !forge || !first || usesRelay(config)) return {};
  const { locale } = sectionOf(config, CHAT);
  const { people, wording } = sectionOf(config, NOTIFIER);
  const routes = routesOf(config);
  const filters = filtersOf(sectionOf(config, FORGE).announce);
  const { name, secret } = webhookRef(config);
  return {
    webhook: {
      name,
      room: first.room,
      locale,
      secret,
      hooks: hooksOf(config),
      links: linkedHosts(config, forge),
      ...(routes.length === 0 ? {} : { routes }),
      ...(filters.length === 0 ? {} : { filters }),
      ...(Object.keys(people).length === 0 ? {} : { people }),
      ...(Object.keys(wording).length === 0 ? {} : { wording }),
    },
  };
};

export const rocketchatSetup = (config: Config, forge: ForgeOffer | undefined): JobNode => ({
  kind: 'job',
  name: SETUP,
  gates: bundlesChat(config) ? [{ node: CHAT_ENDPOINT.service, until: 'usable' }] : [],
  job: {
    job: 'rocketchat-setup',
    mark: markOf(config),
    target: chatTarget(config),
    admin: adminAccount(config),
    // The settings of an existing server are its owner's.
    settings: bundlesChat(config) ? settingsFor(config) : {},
    bot: bot(config),
    users: users(config),
    rooms: rooms(config),
    ...webhook(config, forge),
  },
  withinMs: 300_000,
});
