/** A delivery, played: what our script makes of it, and what the room shows. */

import type { MessageParts } from '../contracts/chat.ts';
import type { PlayedDelivery, SendOptions } from '../contracts/played-forge.ts';
import type { Ports } from '../contracts/ports.ts';
import type { ScriptResult } from '../contracts/script-runner.ts';
import type { PublicReceiver } from '../stack/offers.ts';
import type { Secret } from '../values/secret.ts';
import { type Delivered, deliver } from './deliver.ts';
import { readContent } from './script-content.ts';

/** Our own script run here, on one delivery. */
export type RunScript = (request: {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly content: unknown;
}) => Promise<ScriptResult>;

export interface Simulation {
  readonly delivery: PlayedDelivery;
  readonly send: SendOptions;
  /** Of which the token that is sent was made. */
  readonly kept: Secret;
  readonly room: string;
  readonly word: string | undefined;
  readonly waitMs: number;
}

export type Shown =
  | { readonly kind: 'message'; readonly room: string; readonly parts: MessageParts }
  /** The script passes over this event. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly why: string };

/** Header names as a receiver's script sees them. */
export const lowerCased = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** What our script makes of it; no server is asked. */
export const renderDelivery = async ({ delivery, send, room }: Simulation, run: RunScript): Promise<Shown> => {
  const { headers } = delivery.request(send);
  const result = await run({ headers: lowerCased(headers), query: { channel: room }, content: delivery.payload });
  if (result.kind !== 'message') return result;
  const { channel, parts } = readContent(result.content);
  return { kind: 'message', room: channel?.replace(/^#/, '') ?? room, parts };
};

/** Sends it, and waits for the message where our script makes one. @throws ChatopsError as `deliver` */
export const simulate = async (
  simulation: Simulation,
  receiver: PublicReceiver,
  run: RunScript,
  ports: Ports,
  signal: AbortSignal,
): Promise<Delivered> => {
  const { delivery, send, room, word, waitMs } = simulation;
  const expected = await renderDelivery(simulation, run);
  const request = delivery.request(send);
  return deliver(receiver, { request, room, word, waitMs, expectsMessage: expected.kind !== 'nothing' }, ports, signal);
};
