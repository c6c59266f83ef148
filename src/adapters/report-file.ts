import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clean } from '../values/words/clean.ts';

/** Where a user asked for it, which may be handed on as an artifact. @throws what the system answers */
export const writeReportFile = async (path: string, text: string, clean: Clean): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, clean.text(text));
};
