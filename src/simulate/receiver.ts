import { ChatopsError } from '../errors/chatops-error.ts';
import { type PublicReceiver, receiverOf } from '../stack/offers.ts';
import type { Stack } from '../stack/stack.ts';

/** @throws ChatopsError DELIVERY_REFUSED when nothing is announced */
export const requireReceiver = (stack: Stack): PublicReceiver => {
  const receiver = receiverOf(stack);
  if (receiver) return receiver;
  throw new ChatopsError('DELIVERY_REFUSED', {
    what: 'this stack has no webhook for GitLab',
    why: 'nothing is announced in it',
    next: 'add a source and a room under gitlab.announce in chatops.yaml, then run `chatops-up up`',
  });
};
