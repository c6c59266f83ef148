/** The images of a stack by digest: what the lock says, what the engine has, what the registries give now. */

import type { EventSink } from '../../../contracts/event-sink.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { StackImage } from '../../../stack/lockable-images.ts';
import type { Containers, ImageFacts } from '../containers.ts';
import { pullImages } from '../pull/pull-images.ts';

/** Name → `sha256:…`. */
type Digests = ReadonlyMap<string, string>;

export interface SeenImage extends StackImage {
  /** What its name stands for on the engine: a digest, an image that was made there and has none, or nothing. */
  readonly here: string | 'made here' | undefined;
  /** The engine has the image of the lock, under whatever name. Undefined: nothing is locked. */
  readonly hasLocked: boolean | undefined;
}

/** `wiki`, `docker.io/library/wiki` and `index.docker.io/library/wiki` are one. */
const place = (reference: string): string => {
  const name = reference.split('@')[0] ?? '';
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  const path = colon === -1 ? name : name.slice(0, colon);
  return path.replace(/^(?:index\.)?docker\.io\//, '').replace(/^library\//, '');
};

/** The digest that the image's own registry gave; an image may have come from others too. */
const digestHere = (name: string, { digests }: ImageFacts): string | 'made here' =>
  digests.filter((each) => place(each) === place(name)).map((each) => each.split('@')[1])[0] ?? 'made here';

export const seenImages = (
  images: readonly StackImage[],
  { image }: Pick<Containers, 'image'>,
): Promise<readonly SeenImage[]> =>
  Promise.all(
    images.map(async (each) => {
      const { name, locked } = each;
      const [facts, ofLock] = await Promise.all([
        image(name),
        locked === undefined ? undefined : image(`${name}@${locked}`),
      ]);
      return {
        ...each,
        here: facts && digestHere(name, facts),
        hasLocked: locked === undefined ? undefined : ofLock !== undefined,
      };
    }),
  );

const hasNoDigest = (images: readonly SeenImage[]): ChatopsError =>
  new ChatopsError('IMAGE_MISSING', {
    what: `${images.map(({ name }) => name).join(', ')} cannot be locked`,
    why: images
      .map(({ name, here }) =>
        here === undefined
          ? `the engine has no ${name}`
          : `${name} was made on the engine: no registry has given it a digest`,
      )
      .join('\n'),
    next: 'push it to a registry and name it from there under `images:`, or lock without `--here`, which asks the registries',
  });

/** Digests of what the engine has; no registry is asked. @throws ChatopsError IMAGE_MISSING naming every one that has none */
export const lockHere = async (
  images: readonly StackImage[],
  containers: Pick<Containers, 'image'>,
): Promise<Digests> => {
  const seen = await seenImages(images, containers);
  const without = seen.filter(({ here }) => here === undefined || here === 'made here');
  if (without.length > 0) throw hasNoDigest(without);
  return new Map(seen.flatMap(({ name, here }) => (here === undefined ? [] : [[name, here] as const])));
};

export interface FetchDeps {
  readonly containers: Pick<Containers, 'image' | 'pull'>;
  readonly events: EventSink;
  readonly signal: AbortSignal;
  /** Monotonic, ms. */
  readonly now: () => number;
}

/** Whatever the engine has. @returns name → the digest that its registry gave, where it gave one @throws ChatopsError IMAGE_MISSING */
const fetchAll = (images: readonly StackImage[], deps: FetchDeps, waysOn: readonly string[]): Promise<Digests> =>
  pullImages(
    images.map(({ name, nodes }) => ({ image: name, nodes, writtenAt: undefined })),
    { ...deps, waysOn },
  );

/** Fetches each by its name, whatever the engine has. @throws ChatopsError IMAGE_MISSING */
export const lockFresh = async (images: readonly StackImage[], deps: FetchDeps): Promise<Digests> => {
  const said = await fetchAll(images, deps, [
    'or lock what the engine has: `chatops-up images lock --here` asks no registry',
    'the lock is as it was',
  ]);
  const silent = images.filter(({ name }) => !said.has(name));
  return new Map([...said, ...(await lockHere(silent, deps.containers))]);
};

export interface FetchedImage {
  readonly name: string;
  /** As for `SeenImage.here`, after the registry was asked. */
  readonly here: SeenImage['here'];
  /** As for `SeenImage.here`, before. */
  readonly was: SeenImage['here'];
  /** Why no registry was asked. Absent: one was. */
  readonly left?: 'locked' | 'made here';
}

const leftAs = ({ locked, here }: SeenImage): FetchedImage['left'] => {
  if (locked !== undefined) return 'locked';
  return here === 'made here' ? 'made here' : undefined;
};

/**
 * Fetches what each name stands for now. What is locked stays, and so does what was made on the engine, which no registry
 * knows.
 * @throws ChatopsError IMAGE_MISSING
 */
export const fetchFresh = async (images: readonly StackImage[], deps: FetchDeps): Promise<readonly FetchedImage[]> => {
  const before = await seenImages(images, deps.containers);
  const open = before.filter((image) => leftAs(image) === undefined);
  await fetchAll(open, deps, ['what the engine has stays as it is']);
  const after = new Map((await seenImages(open, deps.containers)).map(({ name, here }) => [name, here]));
  return before.map((image) => {
    const { name, here: was } = image;
    const left = leftAs(image);
    return left === undefined ? { name, was, here: after.get(name) } : { name, was, here: was, left };
  });
};
