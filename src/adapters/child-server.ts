/** A real program as a service: one child process, whose end that nobody asked for is reported. */
import type { ChildProcess } from 'node:child_process';

export interface ChildProgram {
  readonly service: string;
  /** As messages call it. */
  readonly title: string;
  /** Between asking it to end and forcing it to, ms. */
  readonly graceMs: number;
  /** Makes what it needs. @returns what starts it */
  prepare(): Promise<() => ChildProcess>;
  /** Resolves when it runs; what it rejects with, `start` does. Default: its start is not waited for. */
  runs?(child: ChildProcess): Promise<void>;
  /** Why it ended, with what it said last. */
  whyEnded(code: number | null, signal: NodeJS.Signals | null): string;
  ask(child: ChildProcess): void;
  force(child: ChildProcess): void;
}

export interface ChildServer {
  readonly service: string;
  readonly played: 'real';
  /** Resolves with why it ended, when nobody had asked it to. */
  readonly crashed: Promise<string>;
  start(): Promise<void>;
  /** Resolves when it has ended. */
  stop(): Promise<void>;
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

/** Resolves also for one that never began. */
const endOf = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (hasEnded(child)) return resolve();
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });

export const createChildServer = (program: ChildProgram): ChildServer => {
  let child: ChildProcess | undefined;
  let stopping = false;
  let reportCrash: (reason: string) => void = () => undefined;
  const crashed = new Promise<string>((resolve) => {
    reportCrash = resolve;
  });

  const start = async (): Promise<void> => {
    const launch = await program.prepare();
    const started = launch();
    stopping = false;
    child = started;
    started.once('error', (error) => {
      if (program.runs === undefined) reportCrash(`${program.title} could not be started: ${error.message}`);
    });
    started.once('exit', (code, signal) => {
      if (!stopping) reportCrash(program.whyEnded(code, signal));
    });
    await program.runs?.(started);
  };

  const stop = async (): Promise<void> => {
    stopping = true;
    const ending = child;
    child = undefined;
    if (ending === undefined || hasEnded(ending)) return;
    const ended = endOf(ending);
    const timer = setTimeout(() => program.force(ending), program.graceMs);
    program.ask(ending);
    await ended;
    clearTimeout(timer);
  };

  return { service: program.service, played: 'real', crashed, start, stop };
};
