/** The streams of the process. Nothing else writes to them: whatever leaves here was cleaned. */
import type { Clean } from '../values/words/clean.ts';
import { createOutlet, type Outlet } from '../values/words/outlet.ts';

export interface Streams {
  readonly out: Outlet;
  readonly err: Outlet;
  /** A user sits at both ends. */
  readonly isTerminal: boolean;
}

/** @param whenGone called when what reads standard output has gone (`chatops-up plan | head`), or broke: its code */
export const openStreams = (clean: Clean, whenGone?: (code: string | undefined) => void): Streams => {
  if (whenGone) process.stdout.on('error', (error: NodeJS.ErrnoException) => whenGone(error.code));
  return {
    out: createOutlet((text) => void process.stdout.write(text), clean),
    err: createOutlet((text) => void process.stderr.write(text), clean),
    isTerminal: process.stdout.isTTY === true && process.stdin.isTTY === true,
  };
};

/** What a live display draws on, with the sequences that move its cursor: it is handed clean texts. */
export const liveTerminal = (): NodeJS.WriteStream => process.stdout;
