import { type ImageLock, type LockableImage, lockable } from '../config/image-lock.ts';
import { imagesOf } from './images-of.ts';
import { servicesOf } from './services-of.ts';
import type { Stack } from './stack.ts';

export interface StackImage extends LockableImage {
  /** Its services. */
  readonly nodes: readonly string[];
}

/** What a lock of the stack has lines for, in the order of the names. */
export const lockableImages = (stack: Stack, lock: ImageLock): readonly StackImage[] => {
  const services = servicesOf(stack);
  return lockable(imagesOf(stack), lock).map((each) => ({
    ...each,
    nodes: services.filter(({ container: { image } }) => image.split('@')[0] === each.name).map(({ name }) => name),
  }));
};
