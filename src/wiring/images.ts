/** The images of the stack in a directory, by digest: shown, and locked. */
import { createClock } from '../adapters/clock.ts';
import { createFiles } from '../adapters/files.ts';
import { IMAGE_LOCK_FILE, type ImageLock, imageLockText } from '../config/image-lock.ts';
import type { EventSink } from '../contracts/event-sink.ts';
import { createContainers } from '../engines/docker/client/docker.ts';
import { dockerEndpoint } from '../engines/docker/client/docker-endpoint.ts';
import {
  type FetchedImage,
  fetchFresh,
  lockFresh,
  lockHere,
  type SeenImage,
  seenImages,
} from '../engines/docker/images/locked-images.ts';
import { lockableImages } from '../stack/lockable-images.ts';
import type { Invocation } from './invocation.ts';
import { readDesired } from './live-stack.ts';
import { readImageLock } from './stack-directory.ts';

export type { FetchedImage, SeenImage };

const ofStack = async (invocation: Invocation) => {
  const { stack } = await readDesired(invocation);
  const lock = readImageLock(invocation.dir);
  const containers = createContainers(dockerEndpoint(invocation.env).options);
  return { lock, images: lockableImages(stack, lock), containers, signal: invocation.signal, now: createClock().now };
};

/** In the order of their names. @throws ChatopsError CONFIG_*, IMAGE_LOCK_DAMAGED, ENGINE_UNAVAILABLE */
export const showImages = async (invocation: Invocation): Promise<readonly SeenImage[]> => {
  const { images, containers } = await ofStack(invocation);
  return seenImages(images, containers);
};

export interface LockedImage {
  readonly name: string;
  /** Undefined: there is none any more. */
  readonly digest: string | undefined;
  /** Undefined: there was none. */
  readonly was: string | undefined;
}

const differences = (before: ImageLock, after: ImageLock): readonly LockedImage[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .map((name) => ({ name, digest: after.get(name), was: before.get(name) }));

/**
 * Writes images.lock, with a line for each image of the stack and for nothing else.
 * @param here take what the engine has, ask no registry
 * @throws ChatopsError CONFIG_*, IMAGE_LOCK_DAMAGED, ENGINE_UNAVAILABLE, IMAGE_MISSING
 */
export const lockImages = async (
  invocation: Invocation,
  events: EventSink,
  { here }: { readonly here: boolean },
): Promise<readonly LockedImage[]> => {
  const { lock: before, images, ...deps } = await ofStack(invocation);
  const after = here ? await lockHere(images, deps.containers) : await lockFresh(images, { ...deps, events });
  await createFiles(invocation.dir).write(IMAGE_LOCK_FILE, imageLockText(after));
  return differences(before, after);
};

/**
 * Fetches each image of the stack by its name; no container is touched.
 * @throws ChatopsError CONFIG_*, IMAGE_LOCK_DAMAGED, ENGINE_UNAVAILABLE, IMAGE_MISSING
 */
export const pullStackImages = async (invocation: Invocation, events: EventSink): Promise<readonly FetchedImage[]> => {
  const { lock: _, images, ...deps } = await ofStack(invocation);
  return fetchFresh(images, { ...deps, events });
};
