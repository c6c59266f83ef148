/** What a passing run with the vendors' images leaves to be committed: a file of `test/live/results`, read for docs/compatibility.md. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch } from 'node:os';
import { join } from 'node:path';

export interface LiveResult {
  /** ISO 8601. */
  readonly at: string;
  /** Name under `images:` → the reference that was run. */
  readonly images: Readonly<Record<string, string>>;
  /** Of the machine, as Node calls it: `x64`. */
  readonly machine: string;
  /** Suite → seconds. */
  readonly suites: Readonly<Record<string, number>>;
}

/** The last of a day counts. @returns where it was written */
export const writeLiveResult = (
  folder: string,
  at: Date,
  images: LiveResult['images'],
  suites: LiveResult['suites'],
): string => {
  const result: LiveResult = { at: at.toISOString(), images, machine: arch(), suites };
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${result.at.slice(0, 10)}-${result.machine}.json`);
  writeFileSync(file, `${JSON.stringify(result, undefined, 2)}\n`);
  return file;
};
