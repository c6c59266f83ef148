import { readTexts } from '../adapters/package-files.ts';
import type { Additions } from '../config/additions.ts';
import type { Config } from '../config/config.ts';
import { normalize } from '../config/normalize.ts';
import type { House } from '../contracts/house.ts';
import { piecePaths } from '../render/render-all.ts';
import { additionsOf } from '../stack/additions-of.ts';
import { KEY_ORDER } from './key-order.ts';
import { PARTS } from './parts.ts';
import { PROBE_KINDS } from './probe-kinds.ts';

/** Our own parts and kinds of questions, with the texts that come with the package. */
export const ownHouse = (): House => ({
  parts: PARTS,
  probes: PROBE_KINDS,
  pieces: readTexts(piecePaths(PARTS)),
  order: KEY_ORDER,
});

/** What our own parts add to chatops.yaml. */
export const ownAdditions = (): Additions => additionsOf({ parts: PARTS, order: KEY_ORDER });

/** What an empty chatops.yaml asks for. */
export const defaultConfig = (): Config => normalize({}, ownAdditions());
