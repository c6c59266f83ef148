import { readBounded } from '../adapters/read-bounded.ts';
import type { Part } from '../contracts/part.ts';
import { PARTS_PLACE } from '../stack/names.ts';
import { carriedParts } from '../wiring/carried-parts.ts';

/** Bytes: 8 MiB of modules, each character written as the longest that JSON has for it. */
const LARGEST = 64 * 1024 * 1024;

/** The parts of others whose code is mounted into this container. @throws ChatopsError STATE_DAMAGED */
export const carriedHere = async (): Promise<readonly Part[]> => {
  const read = readBounded(PARTS_PLACE, LARGEST);
  if (read.kind === 'none') return [];
  return carriedParts(read.kind === 'text' ? read.text : '');
};
