import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CONFIG_FILE } from './stack-directory.ts';

/** The nearest directory with a chatops.yaml, from this one upwards; undefined when there is none. */
export const stackDirectoryAbove = (from: string): string | undefined => {
  if (existsSync(join(from, CONFIG_FILE))) return from;
  const above = dirname(from);
  return above === from ? undefined : stackDirectoryAbove(above);
};
