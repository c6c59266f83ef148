import type { SimulatedTime } from '../kit/simulated-time.ts';

export interface RateVerdict {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Simulated epoch ms at which the window ends. */
  readonly resetAt: number;
  readonly secondsLeft: number;
}

/** Counts calls per key in windows that begin with their first call. */
export interface RateLimiter {
  take(key: string, limit: number, windowMs: number): RateVerdict;
}

export const createRateLimiter = (time: SimulatedTime): RateLimiter => {
  const windows = new Map<string, { count: number; readonly endsAt: number }>();
  return {
    take: (key, limit, windowMs) => {
      const now = time.now();
      const running = windows.get(key);
      const window = running && running.endsAt > now ? running : { count: 0, endsAt: now + windowMs };
      window.count += 1;
      windows.set(key, window);
      return {
        allowed: window.count <= limit,
        limit,
        remaining: Math.max(0, limit - window.count),
        resetAt: Math.ceil(window.endsAt),
        secondsLeft: Math.ceil((window.endsAt - now) / 1_000),
      };
    },
  };
};
