/** A chatops.yaml with what its parts know of it: they are loaded first, the file is judged then. */
import { type Desired, describe } from '../../operations.ts';
import { configJsonSchema } from '../config/json-schema.ts';
import { applySettings } from '../config/settings.ts';
import { additionsOf } from '../stack/additions-of.ts';
import type { Invocation } from './invocation.ts';
import { houseOf } from './load-parts.ts';
import { CONFIG_FILE, readImageLock } from './stack-directory.ts';

export interface Described {
  readonly desired: Desired;
  /** With the `--set` edits made. */
  readonly text: string;
}

const namesParts = (setting: string): boolean => /^\s*parts\s*[[=]/.test(setting);

/** @throws ChatopsError CONFIG_*, IMAGE_LOCK_DAMAGED, USAGE (`--set`) */
export const describeDirectory = async (
  written: string,
  { dir, set, parts }: Pick<Invocation, 'dir' | 'set' | 'parts'>,
): Promise<Described> => {
  const withParts = applySettings(written, set.filter(namesParts));
  const house = await houseOf(withParts, dir, parts);
  const others = set.filter((setting) => !namesParts(setting));
  // The schema is made only for edits: most runs have none.
  const text = others.length === 0 ? withParts : applySettings(withParts, others, configJsonSchema(additionsOf(house)));
  return { desired: describe(text, CONFIG_FILE, house, readImageLock(dir)), text };
};
