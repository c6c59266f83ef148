import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PIECE_PATHS, type Pieces } from '../../src/render/pieces.ts';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** The hand-written pieces of this checkout. */
export const pieces = Object.fromEntries(
  PIECE_PATHS.map((path) => [path, readFileSync(`${projectRoot}/${path}`, 'utf8')]),
) as Pieces;
