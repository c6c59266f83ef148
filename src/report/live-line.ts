/** One line of the live display: what is known of a node, and the task of the list that shows it. */
import { ListrTaskState, type ListrTaskWrapper } from 'listr2';
import { spanText } from './span-text.ts';

export type Task = ListrTaskWrapper<unknown, never, never>;

export interface LineFacts {
  readonly name: string;
  /** How long it may take, ms. */
  readonly withinMs: number;
}

export interface LiveLine {
  readonly finished: Promise<void>;
  readonly isSettled: () => boolean;
  /** The display has come to this line. */
  begin(task: Task): void;
  waitFor(names: readonly string[]): void;
  /** Somebody it may wait for is there. */
  isThere(name: string): void;
  work(): void;
  /** Below the line, while it is worked on. */
  say(text: string): void;
  succeed(what: string): void;
  fail(why: string): void;
  /** Nothing came of it, and that is no failure of its own. */
  leave(what: string): void;
  /** The run ended before anything came of it. */
  cutShort(): void;
  /** Time has passed. */
  tick(): void;
}

/** Shorter waits need no clock, ms. */
const SHOWN_AFTER_MS = 2_000;

/** @param now ms since some fixed moment */
export const createLine = ({ name, withinMs }: LineFacts, now: () => number): LiveLine => {
  let settle: (error?: Error) => void = () => undefined;
  const finished = new Promise<void>((resolve, reject) => {
    settle = (error) => (error === undefined ? resolve() : reject(error));
  });
  // A node that fails before its line is drawn is waited for by nobody yet.
  finished.catch(() => undefined);
  const early: ((task: Task) => void)[] = [];
  let task: Task | undefined;
  let settled = false;
  let waits: readonly string[] = [];
  let workedSince: number | undefined;
  let title = name;

  /** At once, or as soon as the display has come to this line: what a quick node says first must not be lost. */
  const change = (to: (task: Task) => void): void => void (task === undefined ? early.push(to) : to(task));

  const show = (text: string): void => {
    if (text === title) return;
    title = text;
    change((shown) => {
      shown.title = text;
    });
  };
  const showWaiting = (): void => show(waits.length === 0 ? name : `${name}  waits for ${waits.join(', ')}`);
  const enter = (state: ListrTaskState): void =>
    change(({ task: inner }) => {
      inner.state$ = state;
    });
  const end = (error?: Error): void => {
    settled = true;
    settle(error);
  };
  const leave = (what: string): void => {
    change((shown) => shown.skip(`${name}  ${what}`));
    end();
  };
  const work = (): void => {
    if (settled || workedSince !== undefined) return;
    workedSince = now();
    show(name);
    enter(ListrTaskState.STARTED);
  };

  return {
    finished,
    isSettled: () => settled,
    begin: (shown) => {
      // Whatever has not been begun yet is not shown as if it had been.
      shown.task.state$ = ListrTaskState.WAITING;
      task = shown;
      for (const to of early.splice(0)) to(shown);
    },
    waitFor: (names) => {
      waits = names;
      showWaiting();
    },
    isThere: (other) => {
      if (settled || workedSince !== undefined || !waits.includes(other)) return;
      waits = waits.filter((each) => each !== other);
      showWaiting();
    },
    work,
    say: (text) => {
      work();
      change((shown) => {
        shown.output = text;
      });
    },
    succeed: (what) => {
      work();
      show(`${name}  ${what}`);
      end();
    },
    fail: (why) => {
      show(name);
      end(new Error(`${name}  ${why}`));
    },
    leave,
    cutShort: () => leave(workedSince === undefined ? 'not reached' : 'stopped midway'),
    tick: () => {
      if (settled || workedSince === undefined) return;
      const passed = now() - workedSince;
      if (passed >= SHOWN_AFTER_MS) show(`${name}  ${spanText(passed)} of at most ${spanText(withinMs)}`);
    },
  };
};
