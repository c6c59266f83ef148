/** Requests above a rate, counted as nginx does: a bucket that leaks, in thousandths of a request. */
import { monotonicMs } from '../../kit/real-time.ts';
import type { DoorConfig, Settings } from '../config/model.ts';
import type { Values } from '../config/template.ts';

interface Bucket {
  readonly excess: number;
  readonly at: number;
}

export interface Limiter {
  /** Counts the request; whether it is one too many. */
  isTooMany(settings: Settings, values: Values): boolean;
}

export const createLimiter = ({ zones }: Pick<DoorConfig, 'zones'>): Limiter => {
  const buckets = new Map<string, Bucket>();

  const exceeds = (name: string, burst: number, values: Values): boolean => {
    const zone = zones.get(name);
    const key = zone?.key(values) ?? '';
    if (zone === undefined || key === '') return false;
    const at = monotonicMs();
    const id = `${name} ${key}`;
    const before = buckets.get(id);
    const excess = before === undefined ? 0 : Math.max(0, before.excess - zone.perSecond * (at - before.at) + 1_000);
    if (excess > burst * 1_000) return true;
    buckets.set(id, { excess, at });
    return false;
  };

  return {
    isTooMany: ({ limits }, values) => limits.some(({ zone, burst }) => exceeds(zone, burst, values)),
  };
};
