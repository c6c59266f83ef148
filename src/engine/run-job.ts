/** Carries a job out: observe → decide → apply, then observes again until nothing is left to decide. Decides nothing itself. */

import type { Clock } from '../contracts/clock.ts';
import { type Change, type Conflict, type Decision, type Job, StaleDecision } from '../contracts/job.ts';
import { ChatopsError } from '../errors/chatops-error.ts';

/** Pause between two looks at a server that is reconfiguring itself, ms. */
const LOOK_AGAIN_MS = 50;
/** What ends sooner is not reported, ms. */
const A_MOMENT_MS = 2_000;

export interface RunJobOptions {
  readonly withinMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onChange?: (change: Change) => void;
  readonly onWarning?: (text: string) => void;
  /** Called with what it waits for when that takes longer than a moment, and again when it changes. */
  readonly onWaiting?: (forWhat: string) => void;
}

export interface JobOutcome {
  /** In the order they were carried out. */
  readonly changes: readonly Change[];
  readonly warnings: readonly string[];
  readonly tookMs: number;
}

const identity = (change: Change): string => `${change.action} ${change.resource} ${change.name}`;

export const conflictError = (job: string, conflicts: readonly Conflict[]): ChatopsError =>
  new ChatopsError('CONFLICT', {
    what: `${job} changed nothing: ${conflicts.map(({ resource, name }) => `${resource} ${name}`).join(', ')} in the way`,
    why: conflicts.map(({ resource, name, why }) => `${resource} ${name}: ${why}`).join('\n'),
    next: [...new Set(conflicts.map(({ next }) => next))].join('\n'),
  });

const notConverging = (job: string, again: Change): ChatopsError =>
  new ChatopsError('JOB_NOT_CONVERGING', {
    what: `${job} did not reach the wanted state`,
    why: `"${identity(again)}" was carried out and is still wanted: ${again.cause}`,
    next: 'look whether something else (a user, another tool, a setting from the environment) changes it back',
  });

const outOfTime = (job: string, withinMs: number, last: string): ChatopsError =>
  new ChatopsError('GATE_TIMED_OUT', {
    what: `job ${job} did not end within ${withinMs / 1_000} s`,
    why: last,
    next: 'run the command again: a job goes on where it stopped',
  });

/**
 * @throws ChatopsError CONFLICT before anything is applied, JOB_NOT_CONVERGING, GATE_TIMED_OUT, or what the job throws
 */
export const runJob = async (job: Job, options: RunJobOptions): Promise<JobOutcome> => {
  const { clock, signal } = options;
  const startedAt = clock.now();
  const applied: Change[] = [];
  const settled = new Set<string>();
  const warnings = new Set<string>();
  let stale: string | undefined;
  let reportedWaiting: string | undefined;
  const waiting = (forWhat: string): void => {
    const waited = clock.now() - startedAt;
    if (waited > options.withinMs) throw outOfTime(job.id, options.withinMs, forWhat);
    if (waited < A_MOMENT_MS || forWhat === reportedWaiting) return;
    reportedWaiting = forWhat;
    options.onWaiting?.(forWhat);
  };
  /** Whether it was carried out; not when the server has moved on meanwhile. */
  const apply = async (change: Change): Promise<boolean> => {
    try {
      await job.apply(change, signal, waiting);
    } catch (thrown) {
      if (!(thrown instanceof StaleDecision)) throw thrown;
      stale = thrown.message;
      return false;
    }
    stale = undefined;
    applied.push(change);
    options.onChange?.(change);
    return true;
  };
  const warn = (decision: Decision): void => {
    for (const text of decision.warnings) {
      if (warnings.has(text)) continue;
      warnings.add(text);
      options.onWarning?.(text);
    }
  };
  for (;;) {
    signal.throwIfAborted();
    const decision = job.decide(await job.observe(signal));
    if (decision.conflicts.length > 0) throw conflictError(job.id, decision.conflicts);
    warn(decision);
    if (decision.changes.length === 0 && !decision.more) {
      return { changes: applied, warnings: [...warnings], tookMs: clock.now() - startedAt };
    }
    if (clock.now() - startedAt > options.withinMs) {
      throw outOfTime(
        job.id,
        options.withinMs,
        decision.waitingFor ?? stale ?? decision.changes[0]?.cause ?? 'the server is still reconfiguring itself',
      );
    }
    if (decision.more) {
      const [first] = decision.changes;
      if (decision.waitingFor !== undefined) waiting(decision.waitingFor);
      if (first && decision.waitingFor === undefined) await apply(first);
      await clock.sleep(decision.lookAgainMs ?? LOOK_AGAIN_MS, signal);
      continue;
    }
    for (const change of decision.changes) {
      if (settled.has(identity(change))) throw notConverging(job.id, change);
      if (!(await apply(change))) {
        await clock.sleep(LOOK_AGAIN_MS, signal);
        break;
      }
      settled.add(identity(change));
    }
  }
};
