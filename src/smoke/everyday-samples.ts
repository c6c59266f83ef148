import type { PlayedForge, Sample } from '../contracts/played-forge.ts';

/** Samples of what every forge has, in the order asked for; a forge that plays none of a kind has none of it here. */
export const everydaySamples = (
  { samples }: Pick<PlayedForge, 'samples'>,
  kinds: readonly Sample['everyday'][],
): readonly Sample[] => kinds.flatMap((kind) => samples.find(({ everyday }) => everyday === kind) ?? []);
