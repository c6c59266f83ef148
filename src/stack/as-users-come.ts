/** The stack as those outside ask it: its own commands then go the way of users, through a proxy of others. Pure. */
import type { Offers, ProbeSpec, Stack } from './stack.ts';

/** Plain data with every text `from` in it replaced. */
const replaced = (value: unknown, from: string, to: string): unknown => {
  if (value === from) return to;
  if (Array.isArray(value)) return value.map((each) => replaced(each, from, to));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaced(each, from, to)]));
};

const chatOf = ({ chat }: Offers): Pick<Offers, 'chat'> => {
  if (!chat) return {};
  const { publicUrl, ownWay, usable } = chat;
  return { chat: { ...chat, ownWay: publicUrl, usable: replaced(usable, ownWay, publicUrl) as ProbeSpec } };
};

export const asUsersCome = (stack: Stack): Stack => {
  const { offers } = stack;
  const { forge, receiver } = offers;
  return {
    ...stack,
    offers: {
      ...offers,
      ...chatOf(offers),
      ...(forge ? { forge: { ...forge, ownWay: forge.publicUrl } } : {}),
      ...(receiver?.kind === 'relay' ? { receiver: { ...receiver, ownWay: receiver.publicUrl } } : {}),
    },
  };
};
