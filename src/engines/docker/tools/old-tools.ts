/** Tools images of before, once no container is made from them any more. */
import { CONTENT_LABEL } from '../../../tools-image/description.ts';
import type { Containers, LabelledImage } from '../containers.ts';

/** One that was given a name by somebody else is theirs. */
const isOurs = (name: string): boolean => /^chatops-up\/tools:[^/]+$/.test(name);

/** Pure. @param wanted the name that is in use now @returns names to take away; an image without a name goes by its id */
export const oldTools = (images: readonly LabelledImage[], wanted: string): readonly string[] =>
  images
    .filter(({ names, used }) => !used && !names.includes(wanted) && names.every(isOurs))
    .flatMap(({ id, names }) => (names.length === 0 ? [id] : names));

export const removeOldTools = async (
  wanted: string,
  { labelled, removeImage }: Pick<Containers, 'labelled' | 'removeImage'>,
): Promise<void> => {
  for (const name of oldTools(await labelled(CONTENT_LABEL), wanted)) await removeImage(name);
};
