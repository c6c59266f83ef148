import { createHash } from 'node:crypto';
import { randomInt } from '../kit/chance.ts';

// Meteor's alphabet without look-alikes (meteor/meteor:packages/random).
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz';

const text = (length: number): string =>
  Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)] ?? '2').join('');

/** As documents are called: 17 characters. */
export const newId = (): string => text(17);

/** As login tokens are: 43 characters. */
export const newSecret = (): string => text(43);

/** As incoming webhooks' tokens are: 48 characters. */
export const newHookToken = (): string => text(48);

export const sha256Hex = (value: string): string => createHash('sha256').update(value).digest('hex');

export const sha256Base64 = (value: string): string => createHash('sha256').update(value).digest('base64');
