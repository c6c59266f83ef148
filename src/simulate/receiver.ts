import { ChatopsError } from '../errors/chatops-error.ts';
import { chatUrl } from '../stack/public-urls.ts';
import type { Stack } from '../stack/stack.ts';
import { adminAccount, botAccount, webhookRef } from '../stack/targets.ts';
import { announces } from '../stack/variation.ts';
import type { Receiver } from './read-webhook.ts';

/** The stack's incoming webhook at the public address; undefined when nothing is announced. */
export const receiverOf = ({ config }: Stack): Receiver | undefined => {
  if (!announces(config)) return undefined;
  const { name, secret } = webhookRef(config);
  return {
    publicUrl: chatUrl(config),
    webhook: name,
    admin: adminAccount(config),
    bot: botAccount(config),
    secret,
  };
};

/** Rooms that are announced in, each once; the first is where a delivery is played. */
export const announcedRooms = ({ config }: Stack): readonly string[] =>
  announces(config) ? [...new Set(config.gitlab.announce.map(({ room }) => room))] : [];

/** @throws ChatopsError DELIVERY_REFUSED when nothing is announced */
export const requireReceiver = (stack: Stack): Receiver => {
  const receiver = receiverOf(stack);
  if (receiver) return receiver;
  throw new ChatopsError('DELIVERY_REFUSED', {
    what: 'this stack has no webhook for GitLab',
    why: 'nothing is announced in it',
    next: 'add a source and a room under gitlab.announce in chatops.yaml, then run `chatops-up up`',
  });
};
