/** Addresses that a forge sends events to, where a room stands at their end. */
import type { Secret } from '../values/secret.ts';

/** The room of an address that begins so; undefined for every other one, and for one that no sender can have encoded. */
export const roomBehind = (prefix: string, address: Secret): string | undefined => {
  const text = address.reveal();
  if (!text.startsWith(prefix)) return undefined;
  try {
    return decodeURIComponent(text.slice(prefix.length));
  } catch {
    return undefined;
  }
};
