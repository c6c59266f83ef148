/** Which images have to be fetched, and who wants them. Pure. */

import type { Stack } from '../../../stack/stack.ts';
import type { ComposeProject } from '../compose.ts';
import type { MissingImage } from './pull-images.ts';

/** @param here what the engine has, by reference */
export const missingImages = (
  { services }: ComposeProject,
  here: ReadonlyMap<string, unknown>,
  { images }: Pick<Stack, 'images'>,
): readonly MissingImage[] => {
  const wanted = new Map<string, string[]>();
  for (const [name, { image }] of Object.entries(services)) {
    if (!here.has(image)) wanted.set(image, [...(wanted.get(image) ?? []), name]);
  }
  return [...wanted].map(([image, nodes]) => {
    const key = Object.entries(images).find(([, reference]) => reference === image)?.[0];
    return { image, nodes, writtenAt: key === undefined ? undefined : `images.${key}` };
  });
};
