/** Where probes and jobs find the servers: by name inside the network, or at the URL of an existing one. */

import type { Config } from '../config/config.ts';
import { ADMIN_PASSWORD, BOT_PASSWORD, HOOK_SECRET, MONGO_PASSWORD } from '../config/secret-names.ts';
import { sectionOf } from '../config/section.ts';
import { ADMIN } from '../contracts/sections/admin.ts';
import { CHAT } from '../contracts/sections/chat.ts';
import { FORGE } from '../contracts/sections/forge.ts';
import { markOf, PORTS, webhookName } from './names.ts';
import { chatUrl, doorEndpoint, frontDoorUrl } from './public-urls.ts';
import type { Account, Endpoint, HttpTarget, ReceiverRef, RelayRef, WebhookRef } from './stack.ts';
import { bundlesGitLab, usesRelay } from './variation.ts';

const at = (service: string, port: number): HttpTarget => ({ kind: 'service', endpoint: { service, port } });

export const chatTarget = (config: Config): HttpTarget => {
  const { url } = sectionOf(config, CHAT);
  return url === undefined ? at('rocketchat', PORTS.rocketchat) : { kind: 'url', url };
};

export const gitlabTarget = (config: Config): HttpTarget => {
  const { url } = sectionOf(config, FORGE);
  return url === undefined ? at('gitlab', PORTS.gitlab) : { kind: 'url', url };
};

/** Our own GitLab for those that may not reach it past the front door. */
export const gitlabDoor = (config: Config): Endpoint => doorEndpoint(config, 'git');

export const adminAccount = (config: Config): Account => ({
  username: sectionOf(config, ADMIN).username,
  password: ADMIN_PASSWORD,
});

export const botAccount = (config: Config): Account => ({
  username: sectionOf(config, CHAT).bot.username,
  password: BOT_PASSWORD,
});

/** What the chat keeps its data by, in a set of ours. */
export const databaseAccount: Account & { readonly database: string } = {
  username: 'rocketchat',
  password: MONGO_PASSWORD,
  database: 'rocketchat',
};

/**
 * Our own GitLab calls the chat by its name inside the network: no DNS, no detour through the front door.
 * An existing one is outside and can only use the public address.
 */
export const webhookRef = (config: Config): WebhookRef => ({
  target: bundlesGitLab(config) ? chatTarget(config) : { kind: 'url', url: chatUrl(config) },
  admin: adminAccount(config),
  name: webhookName(config),
  madeBy: 'rocketchat-setup',
  secret: HOOK_SECRET,
});

/** Label of the host under which the front door passes deliveries on. */
export const HOOKS_LABEL = 'hooks';

/** Our own GitLab calls the relay by its name, an existing one at its public host. */
export const relayTarget = (config: Config): HttpTarget =>
  bundlesGitLab(config) ? at('relay', PORTS.relay) : { kind: 'url', url: frontDoorUrl(config, HOOKS_LABEL) };

/** What the address of every hook of a relay begins with, for who reaches it there; the room follows, encoded for a query. */
export const relayHookPrefix = (target: HttpTarget): string => {
  const base = target.kind === 'url' ? target.url : `http://${target.endpoint.service}:${target.endpoint.port}`;
  return `${base}/hooks/gitlab?channel=`;
};

const relayRef = (config: Config): RelayRef => ({
  kind: 'relay',
  target: relayTarget(config),
  publicUrl: frontDoorUrl(config, HOOKS_LABEL),
  name: `${markOf(config)} relay`,
  madeBy: 'relay',
  secret: HOOK_SECRET,
});

export const receiverRef = (config: Config): ReceiverRef => (usesRelay(config) ? relayRef(config) : webhookRef(config));

/** The room in which the bot proves that it can be heard; a bot without rooms is still in the chat's own one. */
export const proofRoom = (config: Config): string => {
  const { bot, ownRoom } = sectionOf(config, CHAT);
  return bot.rooms[0] ?? ownRoom;
};
