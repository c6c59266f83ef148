/** What the parts of a stack offer, and what the stack announces, read out of that. */
import type { Config } from '../config/config.ts';
import { tokenInto } from '../contracts/hook-token.ts';
import type { Part } from '../contracts/part.ts';
import type { Secret } from '../values/secret.ts';
import type { Account, Offers, ReceiverRef, Stack } from './stack.ts';

/** From the configuration alone, so that a part may use what a later one offers. */
export const offersOf = (config: Config, parts: readonly Pick<Part, 'offers'>[]): Offers =>
  Object.assign({}, ...parts.map(({ offers }) => offers?.(config)));

/**
 * The stack's receiver, and who reads at the public address what comes of a delivery; plain data of the stack. Both
 * addresses are those of its own way: past a proxy of others before the front door.
 */
export interface PublicReceiver {
  /** Where deliveries are taken from outside the stack. */
  readonly receiverUrl: string;
  /** Of the chat, where messages are read. */
  readonly publicUrl: string;
  readonly ref: ReceiverRef;
  readonly bot: Account;
  /** As `ChatOffer.speaks`. */
  readonly speaks?: string;
}

/** Undefined when nothing is announced. */
export const receiverOf = ({ offers }: Pick<Stack, 'offers'>): PublicReceiver | undefined => {
  const { chat, forge, receiver: ref } = offers;
  if (!chat || !forge || !ref || forge.announces.length === 0) return undefined;
  const receiverUrl = ref.kind === 'relay' ? ref.ownWay : chat.ownWay;
  const { speaks } = chat;
  return { receiverUrl, publicUrl: chat.ownWay, ref, bot: chat.bot, ...(speaks === undefined ? {} : { speaks }) };
};

/** Rooms that are announced in, each once; the first is where a delivery is played. */
export const announcedRooms = ({ offers }: Pick<Stack, 'offers'>): readonly string[] => [
  ...new Set(offers.forge?.announces.map(({ room }) => room)),
];

/** What is sent along into a room, as a hook of ours would. @param secret the kept one */
export const tokenFor = ({ offers }: Pick<Stack, 'offers'>, room: string, secret: Secret): Secret =>
  tokenInto(secret, offers.forge?.announces ?? [], room);

/** The first announced project; undefined when there is none. */
export const announcedProject = ({ offers }: Pick<Stack, 'offers'>): string | undefined =>
  offers.forge?.announces.flatMap(({ source }) => (source.kind === 'project' ? [source.path] : []))[0];
