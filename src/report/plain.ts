import type { Event } from '../contracts/event-sink.ts';
import type { Outlet } from '../values/words/outlet.ts';
import { eventLine } from './event-line.ts';
import type { Reporter } from './reporter.ts';

/** Between two lines on how far an image is, ms. */
const QUIET_MS = 10_000;

const isOnTheWay = (state: string): boolean => state === 'pulling' || state === 'making';

/** Whether a line on this image would come too soon after the last one. */
const createThrottle = () => {
  const lastAt = new Map<string, number>();
  return (event: Event): boolean => {
    if (event.type !== 'image' || !isOnTheWay(event.state)) return false;
    const last = lastAt.get(event.image);
    if (last !== undefined && event.tookMs - last < QUIET_MS) return true;
    lastAt.set(event.image, event.tookMs);
    return false;
  };
};

/** A line per event that matters: for logs, CI and everything that is not a terminal. */
export const createPlainReporter = (write: Outlet): Reporter => {
  const comesTooSoon = createThrottle();
  return {
    begin: () => undefined,
    emit: (event) => {
      const line = comesTooSoon(event) ? undefined : eventLine(event);
      if (line !== undefined) write(`${line}\n`);
    },
    end: async () => undefined,
  };
};
