import { hasTexts } from '../values/shape.ts';

/**
 * A piece of init work that may be run again at any time: observe → decide → apply → verify.
 * A second run decides on no changes; a kill between any two outside calls loses nothing.
 */
export interface Job<Seen = unknown, C extends Change = Change> {
  readonly id: string;
  /** What a brand-new server would show: lets a plan be printed before anything runs. */
  blank(): Seen;
  /** Reads only; cost grows with pages, not with objects. */
  observe(signal: AbortSignal): Promise<Seen>;
  /** Pure. Changes are in the order they must be applied. */
  decide(seen: Seen): Decision<C>;
  /**
   * One call to one outside system (and, where a reply must not be lost, writing it to disk first).
   * @param waiting called at every look when it then waits for something that comes by itself
   */
  apply(change: C, signal: AbortSignal, waiting: Waiting): Promise<void>;
}

/** Called with what is waited for, one line. @throws ChatopsError GATE_TIMED_OUT when the job's deadline has passed */
export type Waiting = (forWhat: string) => void;

export interface Change {
  /** What happens to it. */
  readonly action: 'create' | 'update' | 'delete';
  /** Kind of object: `room`, `user`, `membership`, `webhook`, `hook`, `runner`, `replica-set member`. */
  readonly resource: string;
  /** Which one, as users know it. Never a secret. */
  readonly name: string;
  /** Why: what was wanted and what was seen. Always printed with the change. */
  readonly cause: string;
}

const ACTIONS: readonly unknown[] = ['create', 'update', 'delete'];

/** What a container says may be of another version. */
export const isChange = (value: unknown): value is Change =>
  hasTexts(value, 'resource', 'name', 'cause') && ACTIONS.includes(value.action);

/** Something of a user's stands in the way: nothing is changed, the user decides. */
export interface Conflict {
  readonly resource: string;
  readonly name: string;
  readonly why: string;
  readonly next: string;
}

export interface Decision<C extends Change = Change> {
  readonly changes: readonly C[];
  /** Any conflict: nothing at all is applied by this job. */
  readonly conflicts: readonly Conflict[];
  /** True but not fatal: one line each with its remedy. */
  readonly warnings: readonly string[];
  /**
   * True while the changes cannot be carried out in one go (a server reconfigures itself in between).
   * The runner then applies only the FIRST change, observes and decides again; with `more` and no change
   * it waits a moment and looks again, until the job's deadline. Default false: all changes are applied in
   * order, then one more observation must decide on nothing.
   */
  readonly more?: boolean;
  /**
   * Only with `more`: what must come true by itself before the first change may be applied (or, without changes,
   * before the job is done). Nothing is applied in this round; the changes still stand in the plan. One line.
   */
  readonly waitingFor?: string;
  /** Only with `more`: pause before the next look, ms. Default 50. */
  readonly lookAgainMs?: number;
}

/**
 * Thrown by `apply` when the server has moved on since it was observed: nothing was changed, or it is not known
 * whether it was. The engine observes and decides again, within the job's deadline.
 */
export class StaleDecision extends Error {
  /** @param why what the server said, one line */
  constructor(why: string, cause?: unknown) {
    super(why, { cause });
    this.name = 'StaleDecision';
  }
}

export const nothingToDo: Decision<never> = { changes: [], conflicts: [], warnings: [] };
