/** What the time of a run went into, from when its events came. Pure. */
import type { Event } from '../../src/contracts/event-sink.ts';

/** As `up --json` prints them. */
export type Printed = Event | { readonly type: 'begin' | 'result' };

export interface Timed {
  /** Since the process was started, ms. */
  readonly atMs: number;
  readonly event: Printed;
}

export interface Share {
  readonly step: string;
  readonly ms: number;
  /** Vendors' boots and pulls are not: no one but the vendors can make these shorter. */
  readonly ours: boolean;
}

/** Of services whose programs are not ours. */
export const BOOTS = 'boots of the vendors’ programs, nothing of ours at work';
export const PULLS = 'pulls';

interface Running {
  walking: boolean;
  created: boolean;
  begun: boolean;
  making: boolean;
  pulling: Set<string>;
  jobs: Set<string>;
  booting: Set<string>;
  /** Nodes of which nothing is known yet but that they are there. */
  open: number;
}

/** What is at work; ours before the vendors', so that what is counted as ours is never too little. */
const stepsOf = (state: Running, isOurs: (service: string) => boolean): readonly Omit<Share, 'ms'>[] => {
  const ours = (step: string): Omit<Share, 'ms'> => ({ step, ours: true });
  if (state.making) return [ours('tools image made')];
  if (state.pulling.size > 0) return [{ step: PULLS, ours: false }];
  if (!state.begun) return [ours('program started, configuration read, engine asked')];
  if (!state.walking) return [ours('machine looked at, files written')];
  if (state.open === 0) return [ours('outcome read and reported')];
  if (!state.created) return [ours('network, volumes and containers made')];
  if (state.jobs.size > 0) return [...state.jobs].sort().map((job) => ours(`job ${job}`));
  if ([...state.booting].some(isOurs)) return [ours('boots of prober, bot and relay')];
  if (state.booting.size > 0) return [{ step: BOOTS, ours: false }];
  return [ours('containers started')];
};

const after = (state: Running, event: Printed): void => {
  switch (event.type) {
    case 'begin':
      state.begun = true;
      return;
    case 'image':
      state.making = event.state === 'making';
      if (event.state === 'pulling') state.pulling.add(event.image);
      else state.pulling.delete(event.image);
      return;
    case 'node-waiting':
      state.walking = true;
      state.open += 1;
      return;
    case 'node-started':
      if (event.kind === 'service') state.created = true;
      (event.kind === 'job' ? state.jobs : state.booting).add(event.node);
      return;
    case 'node-ready':
    case 'node-done':
    case 'node-failed':
    case 'node-skipped':
      state.jobs.delete(event.node);
      state.booting.delete(event.node);
      state.open -= 1;
      return;
    default:
      return;
  }
};

/**
 * @param events in the order in which they came
 * @param endMs when the process had ended
 * @param isOurs whether a service runs a program of ours
 * @returns each step once, in the order in which they began; they add up to the whole. Steps at work at once share alike
 */
export const sharesOf = (
  events: readonly Timed[],
  endMs: number,
  isOurs: (service: string) => boolean,
): readonly Share[] => {
  const state: Running = {
    ...{ walking: false, created: false, begun: false, making: false, open: 0 },
    ...{ pulling: new Set<string>(), jobs: new Set<string>(), booting: new Set<string>() },
  };
  const shares = new Map<string, Share>();
  let since = 0;
  const until = (atMs: number): void => {
    const steps = stepsOf(state, isOurs);
    for (const { step, ours } of steps) {
      const ms = (shares.get(step)?.ms ?? 0) + (atMs - since) / steps.length;
      shares.set(step, { step, ours, ms });
    }
    since = atMs;
  };
  for (const { atMs, event } of events) {
    until(atMs);
    after(state, event);
  }
  until(endMs);
  return [...shares.values()].filter(({ ms }) => ms > 0);
};
