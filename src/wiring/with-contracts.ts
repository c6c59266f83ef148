/** The visible table of contracts: what the graph refers to → which part implements it, over the clients of this run. */
import type { ChatOf } from '../contracts/chat.ts';
import type { Ports } from '../contracts/ports.ts';
import type { ReceiverOf } from '../contracts/receiver.ts';
import { createForgeOf } from '../parts/gitlab/forge.ts';
import { createChatOf as createMattermostOf } from '../parts/mattermost/chat.ts';
import { createRelayReceiver } from '../parts/relay/receiver.ts';
import { createChatOf as createRocketChatOf } from '../parts/rocketchat/chat.ts';
import { late } from './late.ts';

/** Everything that the implementations stand on. */
export type Clients = Omit<Ports, 'chat' | 'forge' | 'receiver'>;

/** Loaded when it is asked: it holds the text of the notifier's script, which no HEALTHCHECK needs. */
const receiverOver =
  (clients: Clients): ReceiverOf =>
  (ref, options = {}) =>
    ref.kind === 'relay'
      ? createRelayReceiver(ref, options, clients)
      : late(async () =>
          (await import('../parts/rocketchat/receiver.ts')).createWebhookReceiver(ref, options, clients),
        );

/** What `ChatOffer.speaks` says → who speaks it; said nothing, or in files of an older version, it is Rocket.Chat. */
const chatOver = (clients: Clients): ChatOf => {
  const rocketchat = createRocketChatOf(clients);
  const others: Readonly<Record<string, ChatOf>> = { mattermost: createMattermostOf(clients) };
  return (target, speaks = '') => (others[speaks] ?? rocketchat)(target);
};

export const withContracts = (clients: Clients): Ports => ({
  ...clients,
  chat: chatOver(clients),
  forge: createForgeOf(clients),
  receiver: receiverOver(clients),
});
