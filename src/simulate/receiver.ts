import { ChatopsError } from '../errors/chatops-error.ts';
import { type PublicReceiver, receiverOf } from '../stack/offers.ts';
import type { Stack } from '../stack/stack.ts';

/** @throws ChatopsError DELIVERY_REFUSED when nothing is announced */
export const requireReceiver = (stack: Stack): PublicReceiver => {
  const receiver = receiverOf(stack);
  if (receiver) return receiver;
  throw new ChatopsError('DELIVERY_REFUSED', {
    what: 'this stack takes no deliveries',
    why: 'nothing is announced in it',
    next: 'say in chatops.yaml what is announced in which room (docs/announcements.md), then run `chatops-up up`',
  });
};
