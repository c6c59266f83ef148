/** Our receiver as it is read at the public address. */
import { ChatopsError } from '../errors/chatops-error.ts';
import type { PublicReceiver } from '../stack/offers.ts';
import type { Ports } from './ports.ts';
import type { ReceiverAddress } from './receiver.ts';

/** As a forge would reach it that sends from outside, as we do. */
export const atPublic = (receiver: PublicReceiver): PublicReceiver => ({
  ...receiver,
  ref: { ...receiver.ref, target: { kind: 'url', url: receiver.receiverUrl } },
});

/** @throws ChatopsError DELIVERY_REFUSED when there is none. @throws LOGIN_REFUSED, UNREACHABLE, … */
export const readAddress = async (
  { receiverUrl, ref }: PublicReceiver,
  { receiver }: Pick<Ports, 'receiver'>,
  signal: AbortSignal,
): Promise<ReceiverAddress> => {
  const found = await receiver(ref, { readAt: { kind: 'url', url: receiverUrl } }).address(signal);
  if (found) return found;
  throw new ChatopsError('DELIVERY_REFUSED', {
    what: `there is no webhook "${ref.name}" at ${receiverUrl}`,
    why: 'nothing could take a delivery',
    next: 'run `chatops-up up`: it makes the webhook',
  });
};

/** Nothing is sent to a receiver that would make a blank message of it. @throws ChatopsError DELIVERY_REFUSED */
export const requireWhole = ({ name, broken }: ReceiverAddress): void => {
  if (broken === undefined) return;
  throw new ChatopsError('DELIVERY_REFUSED', {
    what: `webhook "${name}" would turn a delivery into a blank message, so none was sent`,
    why: broken,
    next: 'run `chatops-up up`: it makes the webhook as wanted again',
  });
};
