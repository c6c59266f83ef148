/** Which engine a stack runs on without us, so that another one never quietly stands in for it. */
import { join } from 'node:path';
import { readBounded } from '../adapters/read-bounded.ts';
import type { Engine } from '../contracts/engine.ts';
import type { Files } from '../contracts/files.ts';
import { STATE_DIR } from './stack-directory.ts';

export const ENGINE_FILE = `${STATE_DIR}/engine`;

/** A name is a word. */
const LARGEST_BYTES = 256;

/** Undefined where nothing was ever run on an engine of that kind, and where the file says nothing that can be read. */
export const rememberedEngine = (dir: string): string | undefined => {
  const read = readBounded(join(dir, ENGINE_FILE), LARGEST_BYTES);
  return read.kind === 'text' && read.text.trim() !== '' ? read.text.trim() : undefined;
};

/** Nothing is remembered of a rehearsal: it leaves nothing behind that runs. */
export const rememberEngine = async ({ kind, can }: Pick<Engine, 'kind' | 'can'>, files: Files): Promise<void> => {
  const text = `${kind}\n`;
  if (!can.endsWithUs && (await files.read(ENGINE_FILE)) !== text) await files.write(ENGINE_FILE, text);
};

/** Of a stack whose containers and data are gone. */
export const forgetEngine = (files: Files): Promise<void> => files.remove(ENGINE_FILE);
