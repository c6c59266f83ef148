import { hubotRenderer } from '../parts/bot/render.ts';
import { nginxRenderer } from '../parts/front-door/render.ts';
import { gitlabRunnerRenderer } from '../parts/gitlab-runner/render.ts';
import type { Stack } from '../stack/stack.ts';
import { composeRenderer } from './compose.ts';
import { envExampleRenderer } from './env-example.ts';
import { healthchecksRenderer } from './healthchecks.ts';
import type { Pieces } from './pieces.ts';
import type { RenderedFile, Renderer } from './renderer.ts';

/** All of them; a new one is a file and a line here. */
export const RENDERERS: readonly Renderer[] = [
  composeRenderer,
  nginxRenderer,
  gitlabRunnerRenderer,
  healthchecksRenderer,
  hubotRenderer,
  envExampleRenderer,
];

/** Every file of the stack directory that is ours. @throws ChatopsError CONFIG_INVALID for what a format cannot hold */
export const renderAll = (stack: Stack, pieces: Pieces): readonly RenderedFile[] =>
  RENDERERS.flatMap((renderer) => renderer.render({ stack, pieces }));
