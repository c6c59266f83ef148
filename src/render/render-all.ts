/** Every file of the stack directory that is ours. */
import type { House } from '../contracts/house.ts';
import type { RenderedFile, Renderer } from '../contracts/renderer.ts';
import type { Stack } from '../stack/stack.ts';
import { COMPOSE_PIECE, type ComposeOptions, composeFile } from './compose.ts';
import { envExampleRenderer } from './env-example.ts';
import { healthchecksRenderer } from './healthchecks.ts';
import { jobsRenderer } from './jobs.ts';
import { partsRenderer } from './parts.ts';

/** Renderers of every stack, whatever its parts. */
const OWN: readonly Renderer[] = [healthchecksRenderer, jobsRenderer, partsRenderer, envExampleRenderer];

/** Paths of all hand-written pieces, from the project's root. */
export const piecePaths = (parts: House['parts']): readonly string[] => [
  COMPOSE_PIECE,
  ...parts.flatMap(({ pieces = [] }) => pieces),
];

/** @throws ChatopsError CONFIG_INVALID for what a format cannot hold */
export const renderAll = (stack: Stack, house: House, options: ComposeOptions): readonly RenderedFile[] => {
  const { pieces, probes, carried } = house;
  const input = { stack, pieces, probes, carried };
  const renderers = [...house.parts.flatMap((part) => part.renderers ?? []), ...OWN];
  const files = renderers.flatMap((renderer) => renderer.render(input));
  return [composeFile(input, files, options), ...files];
};
