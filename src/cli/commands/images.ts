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

/** As one JSON document, or in words. */
const print = <T>({ json, out }: Invocation, images: readonly T[], text: (images: readonly T[]) => string): number => {
  out(json ? `${toJson({ type: 'images', images })}\n` : text(images));
  return EXIT.ok;
};

const reporterFor = ({ json, out }: Invocation) => (json ? createJsonReporter(out) : createPlainReporter(out));

export const imagesShowCommand = async (invocation: Invocation): Promise<number> =>
  print(invocation, await showImages(invocation), imagesText);

/** What a name stands for, and what it stood for. */
const moved = (name: string, now: string, was: string | undefined): string => {
  if (was === undefined) return `+ ${name} ${short(now)}`;
  return was === now ? `  ${name} ${short(now)}` : `~ ${name} ${short(now)} (was ${short(was)})`;
};

const NEXT = '`chatops-up plan` shows what that would change';

const change = ({ name, digest, was }: LockedImage): string =>
  digest === undefined ? `- ${name} (was ${short(was ?? '')})` : moved(name, digest, was);

/** Pure. */
export const lockText = (images: readonly LockedImage[]): string => {
  const changed = images.filter(({ digest, was }) => digest !== was).length;
  const next = changed === 0 ? 'as it was' : NEXT;
  return `${[...images.map(change), `${IMAGE_LOCK_FILE}: ${changed} changed; ${next}`].join('\n')}\n`;
};

export const imagesLockCommand = async (invocation: Invocation, options: { readonly here: boolean }): Promise<number> =>
  print(invocation, await lockImages(invocation, reporterFor(invocation), options), lockText);

const LEFT: Readonly<Record<NonNullable<FetchedImage['left']>, string>> = {
  locked: `left: ${IMAGE_LOCK_FILE} holds it`,
  'made here': 'left: it was made on the engine, and no registry has given it a digest',
};

const fetched = ({ name, here = '', was, left }: FetchedImage): string =>
  left === undefined ? moved(name, here, was) : `  ${name} ${LEFT[left]}`;

/** Pure. */
export const pullText = (images: readonly FetchedImage[]): string => {
  const changed = images.filter(({ here, was }) => here !== was).length;
  const next = changed === 0 ? 'every name stands for what it did' : NEXT;
  return `${[...images.map(fetched), `${changed} new; ${next}`].join('\n')}\n`;
};

export const imagesPullCommand = async (invocation: Invocation): Promise<number> =>
  print(invocation, await pullStackImages(invocation, reporterFor(invocation)), pullText);
