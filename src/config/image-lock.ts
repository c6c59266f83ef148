/**
 * images.lock: which image a name of chatops.yaml stands for, by the digest that its registry gave. A line each,
 * `example/wiki:1.0 sha256:…`; lines that begin with `#` are for people. Pure.
 */
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Config } from './config.ts';
import { DEFAULT_TOOLS_IMAGE } from './defaults.ts';

export const IMAGE_LOCK_FILE = 'images.lock';

/** Name as in chatops.yaml → `sha256:` and 64 hexadecimal digits. */
export type ImageLock = ReadonlyMap<string, string>;

export const NO_LOCK: ImageLock = new Map();

const HEAD = `# The image that each name stands for in this stack, whatever its registry gives for the name by now.
# Written by \`chatops-up images lock\`, which asks the registries again. Commit it beside chatops.yaml.
`;

/** OCI image specification, "Digests"; registries use no other algorithm for images. */
const DIGEST = /^sha256:[0-9a-f]{64}$/;

const damaged = (source: string, line: number, what: string, why: string): ChatopsError =>
  new ChatopsError('IMAGE_LOCK_DAMAGED', { what: `${source}:${line} ${what}`, why });

/** @param source how messages call the file. @throws ChatopsError IMAGE_LOCK_DAMAGED naming the first line that cannot be read */
export const parseImageLock = (text: string, source: string): ImageLock => {
  const lock = new Map<string, string>();
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [name = '', digest = '', ...rest] = line.split(/\s+/);
    if (rest.length > 0 || !DIGEST.test(digest)) {
      throw damaged(
        source,
        index + 1,
        'cannot be read',
        'a line is the name of an image and its digest, `sha256:` and 64 digits',
      );
    }
    if (lock.has(name)) {
      throw damaged(source, index + 1, `names ${name} again`, 'of two digests nobody knows which is meant');
    }
    lock.set(name, digest);
  }
  return lock;
};

const inOrder = (lock: ImageLock): readonly (readonly [string, string])[] =>
  [...lock].toSorted(([a], [b]) => (a < b ? -1 : 1));

export const imageLockText = (lock: ImageLock): string =>
  `${HEAD}${inOrder(lock)
    .map(([name, digest]) => `${name} ${digest}\n`)
    .join('')}`;

/** Our own programs are in no registry: their image is made on the engine, and its name says its content. */
const isOfRegistry = (name: string): boolean => name !== DEFAULT_TOOLS_IMAGE;

/** Of a name that says a digest itself, that one stays. */
const lockedReference = (name: string, lock: ImageLock): string => {
  const digest = lock.get(name);
  return digest === undefined || !isOfRegistry(name) ? name : `${name}@${digest}`;
};

/** The configuration with each image as it is locked. */
export const withImageLock = (config: Config, lock: ImageLock): Config => {
  const { tools, ...others } = config.images;
  const locked = Object.entries(others).map(([key, name]) => [key, lockedReference(name, lock)]);
  return { ...config, images: { ...Object.fromEntries(locked), tools: lockedReference(tools, lock) } };
};

export interface LockableImage {
  /** As chatops.yaml has it, without a digest of the lock. */
  readonly name: string;
  /** `sha256:…` */
  readonly locked: string | undefined;
}

/** Images that a lock is for, by their references: not our own, and not those that chatops.yaml gives a digest. */
export const lockable = (references: readonly string[], lock: ImageLock): readonly LockableImage[] =>
  [...new Set(references)].sort().flatMap((reference) => {
    const [name = '', digest] = reference.split('@');
    const isLocked = digest !== undefined && lock.get(name) === digest;
    return isOfRegistry(name) && (digest === undefined || isLocked) ? [{ name, locked: digest }] : [];
  });

/** A line for each image that has no digest in a stack of which some have one; and where a line is for no image of it. */
export const lockWarnings = (references: readonly string[], lock: ImageLock): readonly string[] => {
  if (lock.size === 0) return [];
  const images = lockable(references, lock);
  const open = images.filter(({ locked }) => locked === undefined).map(({ name }) => name);
  const wanted = new Set(images.map(({ name }) => name));
  const idle = [...lock.keys()].filter((name) => !wanted.has(name)).sort();
  return [
    ...open.map(
      (name) =>
        `${IMAGE_LOCK_FILE} has no line for ${name}: it is what its registry gives for that name; \`chatops-up images lock\` adds it`,
    ),
    ...idle.map(
      (name) =>
        `${IMAGE_LOCK_FILE} has a line for ${name}, which this stack does not use; \`chatops-up images lock\` takes it out`,
    ),
  ];
};
