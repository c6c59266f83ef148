/**
 * Probes and jobs inside the network. The prober is asked, over one connection, also what a job would do; only a job
 * that has something to do is run, in a container of its own.
 */

import type { Inside } from '../contracts/engine.ts';
import type { Decision } from '../contracts/job.ts';
import type { Proof } from '../contracts/proofs.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { JOBS_DIRECTORY } from '../stack/names.ts';
import { secretNames } from '../stack/secret-names.ts';
import type { JobSpec } from '../stack/stack.ts';
import type { ReadJobLine } from './job-lines.ts';
import type { Decided, JobQuestion } from './probe-lines.ts';
import { type BeginProber, createProberLine, type ProberLine } from './prober-line.ts';

/** What the job's own container is given. */
export interface JobGiven {
  readonly environment: Readonly<Record<string, string>>;
  /** Where files and volumes are mounted. */
  readonly targets: readonly string[];
}

export interface InsideDeps {
  /** In the prober's container. */
  readonly begin: BeginProber;
  /**
   * A prober of this version for the length of a plan, where the one that runs is of another and is replaced first: it
   * knows neither our questions nor what we would do. Undefined where the one that runs is ours, or none does;
   * `unknown` where there is no image to make it from.
   */
  readonly apart: (signal: AbortSignal) => Promise<BeginProber | 'unknown' | undefined>;
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
  const line = createProberLine(options.begin);
  let ours: Promise<ProberLine | undefined> | undefined;
  const begun = async (signal: AbortSignal): Promise<ProberLine | undefined> => {
    const begin = await options.apart(signal);
    if (begin === undefined) return line;
    return begin === 'unknown' ? undefined : createProberLine(begin);
  };
  /** For plans. */
  const ourLine = (signal: AbortSignal): Promise<ProberLine | undefined> => {
    ours ??= begun(signal);
    return ours;
  };

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
    asked: ProberLine,
    job: string,
    onWarning: (text: string) => void,
    signal: AbortSignal,
    spec?: JobSpec,
  ): Promise<Exclude<Decided, { kind: 'failed' }> | undefined> => {
    const decided = await asked.decide(questionOf(job, spec), onWarning, signal);
    if (decided?.kind === 'failed') throw decided.error;
    return decided;
  };

  return {
    prepare: line.prepare,
    ask: line.ask,
    close: async () => {
      const other = await ours?.catch(() => undefined);
      await Promise.all([line.close(), other === line ? undefined : other?.close()]);
    },
    runJob: async (job, { onChange, onWarning, onWaiting }, signal) => {
      await options.prepared(signal);
      const decided = await decide(line, job, onWarning, signal);
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
      const asked = await ourLine(signal);
      if (asked === undefined) return undefined;
      const decided = await decide(asked, job, () => undefined, signal, spec);
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
