/** What a chat's part implements of the contracts between parts: who talks there, and who knows its own way for deliveries. */
import type { WebhookRef } from '../stack/stack.ts';
import type { ChatOf } from './chat.ts';
import type { Ports } from './ports.ts';
import type { Receiver, ReceiverOptions } from './receiver.ts';

/** Everything that the implementations stand on. */
export type Clients = Omit<Ports, 'chat' | 'forge' | 'receiver'>;

export interface SpokenChat {
  /** As its `ChatOffer.speaks` and `WebhookRef.speaks` say it. */
  readonly name: string;
  /** Asks nothing yet, and loads what it asks with at its first call: probes of all kinds have it at hand. */
  readonly chat: (clients: Clients) => ChatOf;
  /** Loaded when it is asked. Default: the chat takes no deliveries by itself. */
  readonly receiver?: (ref: WebhookRef, options: ReceiverOptions, clients: Clients) => Promise<Receiver>;
}
