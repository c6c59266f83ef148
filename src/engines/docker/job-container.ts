/** A job run to its end in a container of its own; what it reports arrives at once. */

import type { Exit } from '../../contracts/diagnosis.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { parseJobLine, type ReadJobLine } from '../../prober/job-lines.ts';
import { splitLines } from '../../prober/lines.ts';
import type { ComposeProject } from './compose.ts';
import type { Containers } from './containers.ts';
import { runOf } from './run-of.ts';

const KEPT_LINES = 10;

export interface JobContainerOptions {
  readonly containers: Containers;
  readonly project: ComposeProject;
  /** Of the stack. */
  readonly name: string;
}

const ended = (job: string, { exitCode, outOfMemory }: Exit, lines: readonly string[]): ChatopsError =>
  new ChatopsError('JOB_FAILED', {
    what: `the container of ${job} ended with ${exitCode}${outOfMemory ? ', killed for memory' : ''}`,
    why: lines.length === 0 ? 'it said nothing' : lines.join('\n'),
    next: 'fix the named cause and run the command again: a job goes on where it stopped',
  });

/** Runs the job's container. @throws ChatopsError what the job ended with */
export const runJobContainer = async (
  options: JobContainerOptions,
  job: string,
  onLine: (line: Exclude<ReadJobLine, { type: 'error' }>) => void,
  signal: AbortSignal,
): Promise<void> => {
  const { project } = options;
  const service = project.services[job];
  if (!service) throw new ChatopsError('INTERNAL', { what: `compose.yaml has no job ${job}` });
  let others: readonly string[] = [];
  const remember = (line: string): void => {
    others = [...others, line].slice(-KEPT_LINES);
  };
  let error: ChatopsError | undefined;
  const exit = await options.containers.runOnce(
    {
      ...runOf(service, { project: options.name, name: job, of: project }),
      command: ['job', job, '--in-network', '--json'],
      onOutput: splitLines((text) => {
        const line = parseJobLine(text);
        if (line === undefined) remember(text);
        else if (line.type === 'error') error = line.error;
        else onLine(line);
      }),
      onError: splitLines(remember),
    },
    signal,
  );
  if (error) throw error;
  if (exit.exitCode !== 0) throw ended(job, exit, others);
};
