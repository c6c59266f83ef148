import { en } from './en.ts';
import { fr } from './fr.ts';
import type { Words } from './words.ts';

export type { Words } from './words.ts';
export type Locale = 'en' | 'fr';

export const WORDING: Readonly<Record<Locale, Words>> = { en, fr };
