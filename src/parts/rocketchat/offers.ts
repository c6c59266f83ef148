import type { Config } from '../../config/config.ts';
import { sectionOf } from '../../config/section.ts';
import { HOOK_SECRET } from '../../contracts/hook-secret.ts';
import { CHAT } from '../../contracts/sections/chat.ts';
import { adminAccount, botAccount } from '../../stack/chat-accounts.ts';
import { markOf } from '../../stack/names.ts';
import type { ChatOffer, Offers, WebhookRef } from '../../stack/stack.ts';
import { bundlesForge, usesRelay } from '../../stack/variation.ts';
import { chatOwnWay, chatTarget, chatUrl } from './target.ts';

/** Name of the job that makes rooms, accounts and the webhook. */
export const SETUP = 'rocketchat-setup';

const fromOutside = (config: Config): Pick<WebhookRef, 'target' | 'readAt'> => {
  const [url, ownWay] = [chatUrl(config), chatOwnWay(config)];
  return { target: { kind: 'url', url }, ...(ownWay === url ? {} : { readAt: { kind: 'url', url: ownWay } }) };
};

/**
 * A forge of ours calls the chat by its name inside the network: no DNS, no detour through the front door.
 * An existing one is outside and can only use the public address.
 */
export const webhookRef = (config: Config): WebhookRef => ({
  ...(bundlesForge(config) ? { target: chatTarget(config) } : fromOutside(config)),
  admin: adminAccount(config),
  name: `${markOf(config)} gitlab`,
  madeBy: SETUP,
  secret: HOOK_SECRET,
});

const chat = (config: Config): ChatOffer => {
  const ownWay = chatOwnWay(config);
  const { bot, ownRoom } = sectionOf(config, CHAT);
  return {
    target: chatTarget(config),
    publicUrl: chatUrl(config),
    ownWay,
    usable: { what: 'rocketchat', target: { kind: 'url', url: ownWay } },
    admin: adminAccount(config),
    bot: botAccount(config),
    rooms: bot.rooms,
    // A bot without rooms is still in the chat's own one.
    proofRoom: bot.rooms[0] ?? ownRoom,
    setUpBy: SETUP,
    webhook: webhookRef(config),
  };
};

export const rocketchatOffers = (config: Config): Offers => ({
  chat: chat(config),
  ...(usesRelay(config) ? {} : { receiver: webhookRef(config) }),
});
