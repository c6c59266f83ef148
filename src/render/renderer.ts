import type { Stack } from '../stack/stack.ts';
import type { Pieces } from './pieces.ts';

/** Makes some of the files of a stack directory. Pure: the same input gives the same bytes, whatever its key order. */
export interface Renderer {
  readonly id: string;
  render(input: RenderInput): readonly RenderedFile[];
}

export interface RenderInput {
  readonly stack: Stack;
  readonly pieces: Pieces;
}

export interface RenderedFile {
  /** Relative to the stack directory, forward slashes. */
  readonly path: string;
  readonly text: string;
}
