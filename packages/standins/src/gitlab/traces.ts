/** Job logs, one file each in the data directory. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Traces } from './world.ts';

export const createTraces = (dir: string): Traces => {
  const path = (jobId: number) => join(dir, `${jobId}.log`);
  return {
    read: (jobId) => (existsSync(path(jobId)) ? readFileSync(path(jobId)) : Buffer.alloc(0)),
    append: (jobId, chunk) => {
      mkdirSync(dir, { recursive: true });
      appendFileSync(path(jobId), chunk);
    },
  };
};
