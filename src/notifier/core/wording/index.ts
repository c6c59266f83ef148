import { en } from './en.ts';
import { fr } from './fr.ts';
import { overlaid, type Wording } from './overlay.ts';
import type { Texts } from './words.ts';

export type { Wording } from './overlay.ts';
export type { Texts } from './words.ts';
export type Locale = 'en' | 'fr';

export const WORDING: Readonly<Record<Locale, Texts>> = { en, fr };

/** The texts of a language, with those of the settings in place of ours. */
export const wordsOf = (locale: Locale, own: Readonly<Partial<Record<Locale, Wording>>> | undefined): Texts =>
  own?.[locale] === undefined ? WORDING[locale] : overlaid(WORDING[locale], own[locale]);
