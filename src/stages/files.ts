import type { Files } from '../contracts/files.ts';
import type { FileStep } from '../engine/plan.ts';
import { reconcileFiles } from '../engine/reconcile.ts';
import type { Desired, World } from './world.ts';

/** Which files differ from their rendering. Reads only. */
export const compareFiles = async (desired: Desired, files: Files): Promise<readonly FileStep[]> => {
  const seen = await Promise.all(desired.files.map(async ({ path }) => [path, await files.read(path)] as const));
  return reconcileFiles(desired.files, new Map(seen));
};

/** Writes the files that differ, and reports each. */
export const writeFiles = async (
  desired: Desired,
  { files, events }: Pick<World, 'files' | 'events'>,
): Promise<readonly FileStep[]> => {
  const steps = await compareFiles(desired, files);
  const wanted = new Map(desired.files.map((file) => [file.path, file]));
  for (const { path, action } of steps) {
    const file = wanted.get(path);
    if (file) await files.write(path, file.text);
    events.emit({ type: 'file', path, action });
  }
  return steps;
};
