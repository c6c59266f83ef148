import { existsSync } from 'node:fs';
import type { Part } from '../contracts/part.ts';
import { PARTS_PLACE } from '../stack/names.ts';

/** Code of others is mounted only where a kind of theirs is asked, or a chat of theirs; elsewhere nothing more is loaded. */
export const othersHere = async (): Promise<readonly Part[]> =>
  existsSync(PARTS_PLACE) ? (await import('./carried-here.ts')).carriedHere() : [];
