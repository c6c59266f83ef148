import type { Stack } from '../stack/stack.ts';
import type { Carried } from './carried-modules.ts';
import type { ProbeKinds } from './probe-kinds.ts';

/** Path from the project's root → text of every hand-written piece that renderings are built upon. */
export type Pieces = Readonly<Record<string, string>>;

/** Makes some of the files of a stack directory. Pure: the same input gives the same bytes, whatever its key order. */
export interface Renderer {
  readonly id: string;
  /** @throws ChatopsError CONFIG_INVALID for what a format cannot hold */
  render(input: RenderInput): readonly RenderedFile[];
}

export interface RenderInput {
  readonly stack: Stack;
  readonly pieces: Pieces;
  readonly probes: ProbeKinds;
  /** Code of parts that are not ours, for containers. Default: none. */
  readonly carried?: Carried | undefined;
}

export interface RenderedFile {
  /** Relative to the stack directory, forward slashes. */
  readonly path: string;
  readonly text: string;
}
