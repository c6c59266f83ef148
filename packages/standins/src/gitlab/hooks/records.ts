/**
 * What is kept of deliveries: those still to be made, for GitLab's queue outlives its processes (Sidekiq's stands in Redis),
 * and the log of those that were.
 */
import type { Delivery, Sent } from './send.ts';
import type { HookEvent } from './triggers.ts';

export interface Waiting {
  readonly key: string;
  readonly hookId: number;
  readonly event: HookEvent | 'system';
  readonly payload: unknown;
  /** The same for every hook that one happening fires. */
  readonly eventId: string;
}

export interface DeliveryRecord {
  readonly id: number;
  readonly hookId: number;
  readonly url: string;
  readonly trigger: string;
  readonly delivery: Delivery;
  readonly payload: unknown;
  readonly sent: Sent;
  readonly seconds: number;
}
