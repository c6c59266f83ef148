/**
 * Probes and jobs inside the network. The prober is asked, over one connection, also what a job would do; only a job
 * that has something to do is run, in a container of its own.
 */

import type { Inside } from '../contracts/engine.ts';
import type { HoldProgram } from '../contracts/held-program.ts';
import type { Decision } from '../contracts/job.ts';
import type { Proof } from '../contracts/proofs.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { JOBS_DIRECTORY } from '../stack/names.ts';
import { secretNames } from '../stack/secret-names.ts';
import type { JobSpec } from '../stack/stack.ts';
import type { ReadJobLine } from './job-lines.ts';
import type { Decided, JobQuestion } from './probe-lines.ts';
import { createProberLine } from './prober-line.ts';

/** What the job's own container is given. */
export interface JobGiven {
  readonly environment: Readonly<Record<string, string>>;
  /** Where files and volumes are mounted. */
  readonly targets: readonly string[];
}

export interface InsideDeps {
  readonly hold: HoldProgram;
  /** Id of the prober's container; undefined while it does not run. */
  readonly proberId: () => Promise<string | undefined>;
  /** Job → what it is to do. */
  readonly jobs: ReadonlyMap<string, JobSpec>;
  /** Undefined when the stack has no such job. */
  readonly givenTo: (job: string) => JobGiven | undefined;
  /** Runs the job in a container of its own, to its end. @throws ChatopsError what the job throws */
  readonly runJob: (
    job: string,
    report: (line: Exclude<ReadJobLine, { type: 'error' }>) => void,
    signal: AbortSignal,
  ) => Promise<void>;
  /** Path → text of rendered files. */
  readonly files: Readonly<Record<string, string>>;
  /** Resolves when the containers and volumes that a job needs are there. */
  readonly prepared: (signal: AbortSignal) => Promise<void>;
}

const isNothing = ({ changes, conflicts, more }: Decision): boolean =>
  changes.length === 0 && conflicts.length === 0 && more !== true;

const only = (all: Readonly<Record<string, string>>, isWanted: (key: string) => boolean): Record<string, string> =>
  Object.fromEntries(Object.entries(all).filter(([key]) => isWanted(key)));

export const createInside = (options: InsideDeps): Inside & { prepare(): void; close(): Promise<void> } => {
  const proofs = new Map<string, Proof>();
  const line = createProberLine(options.hold, options.proberId);

  /** With what the job's own container is given: its secrets and its files, no others. */
  const questionOf = (name: string, instead?: JobSpec): JobQuestion => {
    const job = instead ?? options.jobs.get(name);
    const given = options.givenTo(name);
    if (!job || !given) throw new ChatopsError('INTERNAL', { what: `the stack has no job ${name}` });
    const names = new Set(secretNames(job));
    const targets = new Set(given.targets);
    return {
      job,
      secrets: only(given.environment, (variable) => names.has(variable)),
      files: only(options.files, (path) => targets.has(`${JOBS_DIRECTORY}/${path}`)),
    };
  };

  /** Undefined when the prober cannot be asked. @throws ChatopsError what the job's observation throws */
  const decide = async (
    job: string,
    onWarning: (text: string) => void,
    signal: AbortSignal,
    spec?: JobSpec,
  ): Promise<Exclude<Decided, { kind: 'failed' }> | undefined> => {
    const decided = await line.decide(questionOf(job, spec), onWarning, signal);
    if (decided?.kind === 'failed') throw decided.error;
    return decided;
  };

  return {
    prepare: line.prepare,
    ask: line.ask,
    close: line.close,
    runJob: async (job, { onChange, onWarning, onWaiting }, signal) => {
      await options.prepared(signal);
      const decided = await decide(job, onWarning, signal);
      if (decided?.kind === 'decided' && isNothing(decided.decision)) {
        decided.decision.warnings.forEach(onWarning);
        if (decided.proof) proofs.set(job, decided.proof);
        return;
      }
      await options.runJob(
        job,
        (line) => {
          if (line.type === 'change') onChange(line.change);
          if (line.type === 'warning') onWarning(line.text);
          if (line.type === 'job-waiting') onWaiting(line.for);
          if (line.type === 'proof') proofs.set(job, line.proof);
        },
        signal,
      );
    },
    decideJob: async (job, signal, spec) => {
      const decided = await decide(job, () => undefined, signal, spec);
      if (decided) return decided.kind === 'decided' ? decided.decision : undefined;
      throw new ChatopsError('JOB_FAILED', {
        what: `the prober could not be asked what ${job} would do`,
        why: 'its container ended, or does not run',
        next: 'run the command again; `docker compose ps prober` shows its state',
      });
    },
    proof: (job) => proofs.get(job),
  };
};
