/** Sends a delivery through the public address and waits until the room shows what it became. */

import type { ChatMessage, ChatSession, Room } from '../contracts/chat.ts';
import { credentialsOf } from '../contracts/credentials.ts';
import type { HttpResponse } from '../contracts/http.ts';
import type { DeliveryRequest } from '../contracts/played-forge.ts';
import type { Ports } from '../contracts/ports.ts';
import { atPublic, readAddress, requireWhole } from '../contracts/read-address.ts';
import type { ReceiverAddress } from '../contracts/receiver.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { PublicReceiver } from '../stack/offers.ts';
import { requireTaken } from './judge-answer.ts';

export interface DeliverOptions {
  readonly request: DeliveryRequest;
  /** Without `#`. */
  readonly room: string;
  /** Stands in the payload and hopefully in the message; undefined: any new message of our webhook is taken for it. */
  readonly word: string | undefined;
  /** False when our script says nothing about this event: then nothing is waited for. */
  readonly expectsMessage: boolean;
  /** How long the message may take after the answer, ms. */
  readonly waitMs: number;
}

export interface Delivered {
  readonly status: number;
  /** Until the answer, ms. */
  readonly answeredMs: number;
  /** Undefined when none was expected. */
  readonly message: ChatMessage | undefined;
  /** From sending until the bot read the message, ms. */
  readonly tookMs: number;
}

/** How many of the room's newest messages are looked through. */
const LATEST = 50;
const LOOK_AGAIN_MS = 100;

const noRoom = ({ bot, publicUrl }: PublicReceiver, room: string): ChatopsError =>
  new ChatopsError('DELIVERY_REFUSED', {
    what: `${bot.username} sees no room ${room} at ${publicUrl}, so nothing could be read back`,
    why: 'the room does not exist, or it is private and the bot is not in it',
    next: 'run `chatops-up up`, or name another room with --room',
  });

const notShown = (room: string, waitMs: number): ChatopsError =>
  new ChatopsError('MESSAGE_MISSING', {
    what: `the delivery was taken, and no message came into #${room} within ${waitMs / 1_000} s`,
    why: 'the chat answered with success and shows nothing: the script in the chat passes over this event, or posts elsewhere',
    next: 'run `chatops-up plan`: it shows whether the webhook in the chat is still ours',
  });

/** Sent where people reach it. The address holds the webhook's token: it must not get into an error. */
const post = async (
  { receiverUrl }: PublicReceiver,
  address: ReceiverAddress,
  { request, room }: DeliverOptions,
  { http }: Ports,
  signal: AbortSignal,
): Promise<HttpResponse> => {
  const url = address.url(room).reveal();
  try {
    return await http.request({ method: 'POST', url, ...request, signal });
  } catch (thrown) {
    if (!(thrown instanceof ChatopsError)) throw thrown;
    const why = thrown.why ?? 'the connection failed';
    throw new ChatopsError(thrown.code, { what: `${receiverUrl} did not answer the delivery`, why, cause: thrown });
  }
};

const isTheOne = (message: ChatMessage, webhook: ReceiverAddress, word: string | undefined): boolean => {
  if (word !== undefined) return message.text.includes(word);
  return message.parts?.webhookId === undefined || message.parts.webhookId === webhook.id;
};

const awaitMessage = async (
  read: () => Promise<ChatMessage | undefined>,
  { clock }: Ports,
  { room, waitMs }: DeliverOptions,
  signal: AbortSignal,
): Promise<ChatMessage> => {
  const startedAt = clock.now();
  for (;;) {
    const found = await read();
    if (found) return found;
    if (clock.now() - startedAt > waitMs) throw notShown(room, waitMs);
    await clock.sleep(LOOK_AGAIN_MS, signal);
  }
};

const findNew = async (
  session: ChatSession,
  room: Room,
  known: ReadonlySet<string>,
  webhook: ReceiverAddress,
  word: string | undefined,
  signal: AbortSignal,
): Promise<ChatMessage | undefined> => {
  const fresh = (await session.latest(room, LATEST, signal)).filter(({ id }) => !known.has(id));
  // Not every message names what its payload was marked with; of those of our webhook the first new one then counts.
  return (
    fresh.findLast((message) => isTheOne(message, webhook, word)) ??
    fresh.findLast((message) => message.parts?.webhookId === webhook.id)
  );
};

/** @throws ChatopsError DELIVERY_REFUSED, MESSAGE_MISSING, and whatever logging in and reading throw */
export const deliver = async (
  receiver: PublicReceiver,
  options: DeliverOptions,
  ports: Ports,
  signal: AbortSignal,
): Promise<Delivered> => {
  const { clock, secrets } = ports;
  const webhook = await readAddress(atPublic(receiver), ports, signal);
  requireWhole(webhook);
  const session = await ports
    .chat({ kind: 'url', url: receiver.publicUrl }, receiver.speaks)
    .login(credentialsOf(secrets, receiver.bot), signal);
  const room = await session.room(options.room, signal);
  if (!room) throw noRoom(receiver, options.room);
  const known = new Set((await session.latest(room, LATEST, signal)).map(({ id }) => id));
  const startedAt = clock.now();
  const response = await post(receiver, webhook, options, ports, signal);
  const answeredMs = clock.now() - startedAt;
  requireTaken(response, { room: options.room, receiver: webhook, receiverUrl: receiver.receiverUrl });
  const message = options.expectsMessage
    ? await awaitMessage(() => findNew(session, room, known, webhook, options.word, signal), ports, options, signal)
    : undefined;
  return { status: response.status, answeredMs, message, tookMs: clock.now() - startedAt };
};
