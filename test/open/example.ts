/** The example of docs/writing-a-part.md, laid out as its reader would: a file beside chatops.yaml, zod installed. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shownIn } from '../helpers/shown-in.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const EXAMPLE_YAML = shownIn('writing-a-part.md', 'yaml', 'parts:');
export const EXAMPLE_PART = shownIn('writing-a-part.md', 'js', 'import ');

/** @param dir a stack directory */
export const installExample = (dir: string): void => {
  writeFileSync(join(dir, 'wiki.mjs'), EXAMPLE_PART);
  mkdirSync(join(dir, 'node_modules'));
  symlinkSync(join(root, 'node_modules/zod'), join(dir, 'node_modules/zod'));
};
