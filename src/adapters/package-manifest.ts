import { join } from 'node:path';
import { isRecord, readJson } from '../values/shape.ts';
import { textOrNothing } from './read-bounded.ts';

/** Bytes; those of packages are a thousandth of it. */
const LARGEST = 1024 * 1024;

/** What `package.json` of a folder says; undefined where there is none that can be read. */
export const readManifest = (folder: string): Readonly<Record<string, unknown>> | undefined => {
  const read = readJson(textOrNothing(join(folder, 'package.json'), LARGEST) ?? '');
  return isRecord(read) ? read : undefined;
};
