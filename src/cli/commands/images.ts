import { IMAGE_LOCK_FILE } from '../../config/image-lock.ts';
import { EXIT } from '../../errors/catalogue.ts';
import { createJsonReporter, toJson } from '../../report/json.ts';
import { createPlainReporter } from '../../report/plain.ts';
import {
  type FetchedImage,
  type LockedImage,
  lockImages,
  pullStackImages,
  type SeenImage,
  showImages,
} from '../../wiring/images.ts';
import type { Invocation } from '../../wiring/invocation.ts';

/** `sha256:` and as much as tells two apart. */
const DIGEST_SHOWN = 19;
const short = (digest: string): string => (digest.startsWith('sha256:') ? digest.slice(0, DIGEST_SHOWN) : digest);

const lockWords = ({ locked }: SeenImage): string => (locked === undefined ? 'not locked' : short(locked));

const engineWords = ({ locked, here, hasLocked }: SeenImage): string => {
  if (hasLocked === false) return 'not on the engine: `chatops-up up` fetches it';
  if (here === undefined) return hasLocked ? 'on the engine' : 'not on the engine';
  if (here === 'made here') return hasLocked ? 'on the engine' : 'made on the engine, without a digest';
  if (locked === undefined) return `on the engine: ${short(here)}`;
  return here === locked ? 'on the engine' : `on the engine; the name stands for ${short(here)} there`;
};

/** What a user reads of it, a line each. Pure. */
export const imagesText = (images: readonly SeenImage[]): string => {
  const rows = images.map((image) => [image.name, lockWords(image), engineWords(image)] as const);
  const width = (column: 0 | 1): number => Math.max(0, ...rows.map((row) => row[column].length)) + 2;
  const lines = rows.map(([name, lock, engine]) => `${name.padEnd(width(0))}${lock.padEnd(width(1))}${engine}`);
  return `${lines.join('\n')}\n`;
};

export const imagesShowCommand = async (invocation: Invocation): Promise<number> => {
  const images = await showImages(invocation);
  invocation.out(invocation.json ? `${toJson({ type: 'images', images })}\n` : imagesText(images));
  return EXIT.ok;
};

const change = ({ name, digest, was }: LockedImage): string => {
  if (digest === undefined) return `- ${name} (was ${short(was ?? '')})`;
  if (was === undefined) return `+ ${name} ${short(digest)}`;
  return was === digest ? `  ${name} ${short(digest)}` : `~ ${name} ${short(digest)} (was ${short(was)})`;
};

/** Pure. */
export const lockText = (images: readonly LockedImage[]): string => {
  const changed = images.filter(({ digest, was }) => digest !== was).length;
  const next = changed === 0 ? 'as it was' : '`chatops-up plan` shows what that would change';
  return `${[...images.map(change), `${IMAGE_LOCK_FILE}: ${changed} changed; ${next}`].join('\n')}\n`;
};

export const imagesLockCommand = async (
  invocation: Invocation,
  options: { readonly here: boolean },
): Promise<number> => {
  const { json, out } = invocation;
  const reporter = json ? createJsonReporter(out) : createPlainReporter(out);
  const images = await lockImages(invocation, reporter, options);
  out(json ? `${toJson({ type: 'images', images })}\n` : lockText(images));
  return EXIT.ok;
};

const LEFT: Readonly<Record<NonNullable<FetchedImage['left']>, string>> = {
  locked: `left: ${IMAGE_LOCK_FILE} holds it`,
  'made here': 'left: it was made on the engine, and no registry has given it a digest',
};

const fetched = ({ name, here = '', was, left }: FetchedImage): string => {
  if (left !== undefined) return `  ${name} ${LEFT[left]}`;
  if (was === undefined) return `+ ${name} ${short(here)}`;
  return was === here ? `  ${name} ${short(here)}` : `~ ${name} ${short(here)} (was ${short(was)})`;
};

/** Pure. */
export const pullText = (images: readonly FetchedImage[]): string => {
  const changed = images.filter(({ here, was }) => here !== was).length;
  const next = changed === 0 ? 'every name stands for what it did' : '`chatops-up plan` shows what that would change';
  return `${[...images.map(fetched), `${changed} new; ${next}`].join('\n')}\n`;
};

export const imagesPullCommand = async (invocation: Invocation): Promise<number> => {
  const { json, out } = invocation;
  const reporter = json ? createJsonReporter(out) : createPlainReporter(out);
  const images = await pullStackImages(invocation, reporter);
  out(json ? `${toJson({ type: 'images', images })}\n` : pullText(images));
  return EXIT.ok;
};
