import type { SpokenChat } from '../../contracts/spoken-chat.ts';
import { createChatOf } from './chat.ts';

export const rocketchatSpoken: SpokenChat = {
  name: 'rocketchat',
  chat: createChatOf,
  // Loaded when it is asked: it holds the text of the notifier's script, which no HEALTHCHECK needs.
  receiver: async (ref, options, clients) =>
    (await import('./receiver.ts')).createWebhookReceiver(ref, options, clients),
};
