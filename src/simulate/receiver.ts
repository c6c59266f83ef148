import { ChatopsError } from '../errors/chatops-error.ts';
import { jobOf } from '../stack/jobs-of.ts';
import type { Account, ReceiverRef, Stack } from '../stack/stack.ts';

/** The stack's receiver, and who reads at the public address what comes of a delivery; plain data of the stack. */
export interface PublicReceiver {
  readonly publicUrl: string;
  readonly ref: ReceiverRef;
  readonly bot: Account;
}

/** Read by the account that the conversation is held with. Undefined when nothing is announced. */
export const receiverOf = (stack: Pick<Stack, 'nodes'>): PublicReceiver | undefined => {
  const setup = jobOf(stack, 'gitlab-setup');
  const conversation = jobOf(stack, 'conversation');
  if (!setup || setup.hooks.length === 0 || !conversation) return undefined;
  return { publicUrl: conversation.publicUrl, ref: setup.receiver, bot: conversation.account };
};

/** Rooms that are announced in, each once; the first is where a delivery is played. */
export const announcedRooms = (stack: Pick<Stack, 'nodes'>): readonly string[] => [
  ...new Set(jobOf(stack, 'gitlab-setup')?.hooks.map(({ room }) => room)),
];

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
