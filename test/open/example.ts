/** The example of docs/writing-a-part.md, laid out as its reader would: a file beside chatops.yaml, zod installed. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

const block = (language: string): string => {
  const page = readFileSync(join(root, 'docs/writing-a-part.md'), 'utf8');
  const found = new RegExp(`\`\`\`${language}\\n(parts:|import )([\\s\\S]*?)\`\`\``).exec(page);
  if (found === null) throw new Error(`docs/writing-a-part.md has no example in ${language}`);
  return `${found[1]}${found[2]}`;
};

export const EXAMPLE_YAML = block('yaml');
export const EXAMPLE_PART = block('js');

/** @param dir a stack directory */
export const installExample = (dir: string): void => {
  writeFileSync(join(dir, 'wiki.mjs'), EXAMPLE_PART);
  mkdirSync(join(dir, 'node_modules'));
  symlinkSync(join(root, 'node_modules/zod'), join(dir, 'node_modules/zod'));
};
