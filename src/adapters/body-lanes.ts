/**
 * How many bytes of bodies are in memory at once. What does not fit waits its turn unread, on the sender's side; bodies
 * of different sizes have lanes of their own, so that no large one holds up the small ones.
 */

export interface BodyLanes {
  /**
   * Resolves when a body of this size may be read; what it gives takes the place back, and may be called again.
   * Rejects with the signal's reason.
   */
  enter(bytes: number, signal: AbortSignal): Promise<() => void>;
}

export interface Lane {
  /** Bodies of at most this many bytes take it, where no lane before it does. */
  readonly largest: number;
  /** Of all in it together; a larger one goes alone. */
  readonly inAll: number;
}

interface Waiting {
  readonly bytes: number;
  readonly start: () => void;
}

const createLane = (capacity: number): BodyLanes => {
  let used = 0;
  const queue: Waiting[] = [];

  const fits = (bytes: number): boolean => used === 0 || used + bytes <= capacity;

  const advance = (): void => {
    for (let first = queue[0]; first !== undefined && fits(first.bytes); first = queue[0]) {
      queue.shift();
      used += first.bytes;
      first.start();
    }
  };

  const leave = (bytes: number): (() => void) => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      used -= bytes;
      advance();
    };
  };

  return {
    enter: (bytes, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const onAbort = (): void => {
          queue.splice(queue.indexOf(waiting), 1);
          reject(signal.reason);
          // Those behind it may be smaller.
          advance();
        };
        const waiting: Waiting = {
          bytes,
          start: () => {
            signal.removeEventListener('abort', onAbort);
            resolve(leave(bytes));
          },
        };
        signal.addEventListener('abort', onAbort, { once: true });
        queue.push(waiting);
        advance();
      }),
  };
};

/** @param lanes the last takes what is too large for all */
export const createBodyLanes = (lanes: readonly Lane[]): BodyLanes => {
  const made = lanes.map(({ largest, inAll }) => ({ largest, lane: createLane(inAll) }));
  return {
    enter: async (bytes, signal) => {
      const taken = made.find(({ largest }) => bytes <= largest) ?? made.at(-1);
      return taken === undefined ? () => undefined : taken.lane.enter(bytes, signal);
    },
  };
};
