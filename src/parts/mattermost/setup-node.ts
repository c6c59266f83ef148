import type { Config } from '../../config/config.ts';
import { sectionOf } from '../../config/section.ts';
import { ADMIN } from '../../contracts/sections/admin.ts';
import { CHAT, type RoomConfig } from '../../contracts/sections/chat.ts';
import { FORGE } from '../../contracts/sections/forge.ts';
import { adminAccount, botAccount, userPasswordName } from '../../stack/chat-accounts.ts';
import { botEmail } from '../../stack/chat-mail.ts';
import { markOf } from '../../stack/names.ts';
import type { JobNode } from '../../stack/stack.ts';
import { announces, bundlesChat } from '../../stack/variation.ts';
import { SETUP } from './offers.ts';
import type { MattermostSetupSpec } from './setup/spec.ts';
import { chatTarget, MATTERMOST_ENDPOINT } from './target.ts';

/** Words of chatops.yaml → its own; any other stands for itself. */
const ROLES: Readonly<Record<string, string>> = { user: 'system_user', admin: 'system_admin' };

/** The bot is inside its own channels, and where it announces. */
const membersOf = (config: Config, room: RoomConfig): readonly string[] => {
  const announcedHere = announces(config) && sectionOf(config, FORGE).announce.some((each) => each.room === room.name);
  const { bot } = sectionOf(config, CHAT);
  return [...new Set([...room.members, ...(announcedHere || bot.rooms.includes(room.name) ? [bot.username] : [])])];
};

const channels = (config: Config): MattermostSetupSpec['channels'] =>
  sectionOf(config, CHAT).rooms.map((room) => ({
    name: room.name,
    kind: room.kind,
    header: room.header ?? '',
    purpose: room.purpose ?? '',
    members: membersOf(config, room),
  }));

const users = (config: Config): MattermostSetupSpec['users'] =>
  sectionOf(config, CHAT).users.map(({ username, name, email, roles }) => ({
    ...{ username, name, email },
    password: userPasswordName(username),
    roles: roles.map((role) => ROLES[role] ?? role),
  }));

export const mattermostSetup = (config: Config): JobNode => {
  const { bot, team = '', ownRoom, hooks = [] } = sectionOf(config, CHAT);
  const { name, email } = sectionOf(config, ADMIN);
  const job: MattermostSetupSpec = {
    job: 'mattermost-setup',
    mark: markOf(config),
    target: chatTarget(config),
    external: !bundlesChat(config),
    admin: { ...adminAccount(config), name, email, roles: [] },
    bot: { ...botAccount(config), name: bot.name, email: botEmail(bot, config), roles: ['system_user'] },
    users: users(config),
    team,
    ownChannel: ownRoom,
    channels: channels(config),
    hooks: hooks.map((hook) => ({ name: hook.name, channel: hook.room })),
  };
  return {
    kind: 'job',
    name: SETUP,
    gates: bundlesChat(config) ? [{ node: MATTERMOST_ENDPOINT.service, until: 'usable' }] : [],
    job,
    withinMs: 300_000,
  };
};
