import type { Part } from '../contracts/part.ts';
import { PARTS } from '../wiring/parts.ts';
import { carriedHere } from './carried-here.ts';

/** The parts of the stack whose container this is: ours, and those of others where their code is mounted. */
export const partsHere = async (): Promise<readonly Part[]> => [...PARTS, ...(await carriedHere())];
