import { randomInt } from 'node:crypto';

const CONSONANTS = 'bdfgklmnprstvz';
const VOWELS = 'aeiou';
const SYLLABLES = 4;

const pick = (letters: string): string => letters[randomInt(letters.length)] ?? '';

/** Eight lower-case letters that can be spoken: 24 million of them, so that two proofs are told apart. */
export const randomWord = (): string =>
  Array.from({ length: SYLLABLES }, () => pick(CONSONANTS) + pick(VOWELS)).join('');
