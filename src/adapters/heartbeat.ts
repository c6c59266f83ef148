/**
 * Whether a connection on which nothing is said is still one: routers and load balancers forget idle ones without a word to
 * either side, and a machine that slept has lost all of its own.
 */

export interface Beat {
  /** Nothing heard for so long: the other side is asked for a sign of life, ms. */
  readonly afterMs: number;
  /** How long it may take to give one, ms. */
  readonly withinMs: number;
}

/** Below the minute after which the first of those on the way forget a connection. */
const BEAT: Beat = { afterMs: 20_000, withinMs: 15_000 };

export interface Heartbeat {
  /** To be called with everything that arrives. */
  heard(): void;
  /** How long nothing has arrived, ms. */
  silentMs(): number;
  stop(): void;
}

/** @param ask for a sign of life @param lost called once, when none came: nothing is asked any more */
export const createHeartbeat = (ask: () => void, lost: () => void, { afterMs, withinMs } = BEAT): Heartbeat => {
  let last = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const stop = (): void => {
    ended = true;
    clearTimeout(timer);
  };
  const giveUp = (): void => {
    stop();
    lost();
  };
  const askInTime = (): void => {
    timer = setTimeout(() => {
      timer = setTimeout(giveUp, withinMs);
      ask();
    }, afterMs);
  };
  askInTime();
  return {
    heard: () => {
      last = performance.now();
      if (ended) return;
      clearTimeout(timer);
      askInTime();
    },
    silentMs: () => performance.now() - last,
    stop,
  };
};
