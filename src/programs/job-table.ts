import { ChatopsError } from '../errors/chatops-error.ts';
import { JOBS_FILE } from '../stack/names.ts';
import type { JobSpec } from '../stack/stack.ts';
import { isRecord, readJson } from '../values/shape.ts';

export interface TabledJob {
  readonly name: string;
  readonly job: JobSpec;
  /** ms */
  readonly withinMs: number;
}

type Table = Readonly<Record<string, Omit<TabledJob, 'name'>>>;

const refuse = (what: string, why: string): ChatopsError =>
  new ChatopsError('USAGE', {
    what,
    why,
    next: 'run `chatops-up render` in the stack directory, and this again there',
  });

const isTable = (read: unknown): read is { readonly jobs: Table } => isRecord(read) && isRecord(read.jobs);

const readTable = (text: string | undefined, dir: string): Table => {
  if (text === undefined)
    throw refuse(`there is no ${JOBS_FILE} in ${dir}`, 'it says what the jobs of a stack are to do');
  const read = readJson(text);
  if (isTable(read)) return read.jobs;
  throw refuse(`${JOBS_FILE} cannot be read`, 'it is not as `render` writes it');
};

/**
 * @param text of the table of jobs, as `render` writes it; undefined: there is none
 * @param dir where it was looked for, for the error
 * @throws ChatopsError USAGE for a job that is not in it, and for what is no table
 */
export const findJob = (text: string | undefined, name: string, dir: string): TabledJob => {
  const jobs = readTable(text, dir);
  const found = Object.hasOwn(jobs, name) ? jobs[name] : undefined;
  if (found) return { name, ...found };
  throw new ChatopsError('USAGE', {
    what: `this stack has no job ${name}`,
    why: `it has ${Object.keys(jobs).join(', ')}`,
    next: 'name one of these',
  });
};
