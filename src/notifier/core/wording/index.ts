import { en } from './en.ts';
import { fr } from './fr.ts';
import { overlaid, type Wording } from './overlay.ts';
import type { Words } from './words.ts';

export type { Wording } from './overlay.ts';
export type { Words } from './words.ts';
export type Locale = 'en' | 'fr';

export const WORDING: Readonly<Record<Locale, Words>> = { en, fr };

/** The texts of a language, with those of the settings in place of ours. */
export const wordsOf = (locale: Locale, own: Readonly<Partial<Record<Locale, Wording>>> | undefined): Words =>
  own?.[locale] === undefined ? WORDING[locale] : overlaid(WORDING[locale], own[locale]);
