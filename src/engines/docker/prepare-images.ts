/** Images before containers: our own is made, the others are fetched. */
import type { EventSink } from '../../contracts/event-sink.ts';
import type { Stack } from '../../stack/stack.ts';
import type { Comparison } from './comparison.ts';
import type { ComposeProject } from './compose.ts';
import type { DockerEngineOptions } from './options.ts';
import { fetchImagesBeside } from './pull/images-beside.ts';
import { missingImages } from './pull/missing-images.ts';
import { pullImages } from './pull/pull-images.ts';
import { makeTools } from './tools/make-tools.ts';

/** @throws ChatopsError IMAGE_MISSING, the signal's reason when aborted */
export const prepareImages = async (
  stack: Stack,
  { project, comparison }: { readonly project: ComposeProject; readonly comparison: Comparison },
  { containers, tools, now }: Pick<DockerEngineOptions, 'containers' | 'tools' | 'now'>,
  { events, signal }: { readonly events: EventSink; readonly signal: AbortSignal },
): Promise<void> => {
  const deps = { containers, events, signal, now };
  const missing = missingImages(project, comparison.images, stack);
  if (missing.length > 0) {
    const own = missing.find(({ image }) => image === tools.reference);
    if (own) await makeTools(tools, own.nodes, deps);
    await pullImages(
      missing.filter((each) => each !== own),
      deps,
    );
    await comparison.learn(missing.map(({ image }) => image));
  }
  await fetchImagesBeside(stack.nodes, deps);
};
