import { ChatopsError } from '../errors/chatops-error.ts';
import { jobOf } from '../stack/jobs-of.ts';
import type { Stack } from '../stack/stack.ts';
import type { Receiver } from './read-webhook.ts';

/** The stack's incoming webhook at the public address; undefined when nothing is announced. */
export const receiverOf = (stack: Pick<Stack, 'nodes' | 'publicUrls'>): Receiver | undefined => {
  const setup = jobOf(stack, 'rocketchat-setup');
  const { chat } = stack.publicUrls;
  if (setup?.webhook === undefined || chat === undefined) return undefined;
  const { admin, bot, webhook } = setup;
  return { publicUrl: chat, webhook: webhook.name, admin, bot, secret: webhook.secret };
};

/** Rooms that are announced in, each once; the first is where a delivery is played. */
export const announcedRooms = (stack: Pick<Stack, 'nodes'>): readonly string[] => [
  ...new Set(jobOf(stack, 'gitlab-setup')?.hooks.map(({ room }) => room)),
];

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
