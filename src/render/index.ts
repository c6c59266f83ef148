import type { Stack } from '../stack/stack.ts';
import { composeRenderer } from './compose.ts';
import { envExampleRenderer } from './env-example.ts';
import { gitlabRunnerRenderer } from './gitlab-runner.ts';
import { healthchecksRenderer } from './healthchecks.ts';
import { hubotRenderer } from './hubot.ts';
import { nginxRenderer } from './nginx.ts';
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
