import type { KeyOrder } from '../config/key-order.ts';
import type { Carried } from './carried-modules.ts';
import type { Part } from './part.ts';
import type { ProbeKinds } from './probe-kinds.ts';
import type { Pieces } from './renderer.ts';

/**
 * What every stack is made with: the parts that may be in it, the kinds of questions that are asked in it, and the
 * hand-written texts that files are built upon.
 */
export interface House {
  readonly parts: readonly Part[];
  readonly probes: ProbeKinds;
  readonly pieces: Pieces;
  /** Code of the parts that chatops.yaml names, for containers. Default: there are none, or `notCarried` says why not. */
  readonly carried?: Carried;
  /** Why containers cannot run the code of the parts that chatops.yaml names: which file, and what is in the way. */
  readonly notCarried?: string;
  /** How chatops.yaml's keys are ordered. Default: the core's first, then as the parts stand. */
  readonly order?: KeyOrder;
}
