/** The visible table of contracts: what the graph refers to → which part implements it, over the clients of this run. */
import type { Ports } from '../contracts/ports.ts';
import type { ReceiverOf } from '../contracts/receiver.ts';
import { createForgeOf } from '../parts/gitlab/forge.ts';
import { createRelayReceiver } from '../parts/relay/receiver.ts';
import { createChatOf } from '../parts/rocketchat/chat.ts';
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

export const withContracts = (clients: Clients): Ports => ({
  ...clients,
  chat: createChatOf(clients),
  forge: createForgeOf(clients),
  receiver: receiverOver(clients),
});
