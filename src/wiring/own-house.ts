import { readTexts } from '../adapters/package-files.ts';
import type { House } from '../contracts/house.ts';
import { piecePaths } from '../render/render-all.ts';
import { PARTS } from './parts.ts';
import { PROBE_KINDS } from './probe-kinds.ts';

/** Our own parts and kinds of questions, with the texts that come with the package. */
export const ownHouse = (): House => ({ parts: PARTS, probes: PROBE_KINDS, pieces: readTexts(piecePaths(PARTS)) });
