import { wallClockMs } from '../kit/real-time.ts';
import type { SimulatedTime } from '../kit/simulated-time.ts';
import type { AirGap } from './air-gap.ts';
import type { MessageDoc, RoomDoc } from './documents.ts';
import type { LoginGuard } from './login-guard.ts';
import type { MailFactor } from './mail-factor.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { ScriptEngine } from './sandbox/script-engine.ts';
import type { Settings } from './settings.ts';
import type { State } from './state.ts';
import type { VersionTraits } from './version.ts';

/** What every part of the server works on: handed down, never imported. */
export interface Chat {
  readonly traits: VersionTraits;
  readonly env: Readonly<Record<string, string>>;
  /** Simulated: lives, windows and locks. */
  readonly time: SimulatedTime;
  /** Wall clock, never the same twice: what documents are dated with, and sorted by. */
  readonly stamp: () => string;
  readonly state: State;
  readonly settings: Settings;
  readonly scripts: ScriptEngine;
  readonly limiter: RateLimiter;
  readonly loginGuard: LoginGuard;
  readonly mailFactor: MailFactor;
  readonly news: News;
  readonly airGap: AirGap;
}

/** Who hears of messages: every DDP session. */
export interface News {
  announce(message: MessageDoc, room: RoomDoc): void;
  /** @returns a function that ends it */
  listen(listener: (message: MessageDoc, room: RoomDoc) => void): () => void;
}

export const createNews = (): News => {
  const listeners = new Set<(message: MessageDoc, room: RoomDoc) => void>();
  return {
    announce: (message, room) => {
      for (const listener of listeners) listener(message, room);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

/**
 * Documents carry the wall clock, not the simulated one: a later process would otherwise date its messages before
 * those of an earlier, faster one.
 */
export const createStamp = (): (() => string) => {
  let last = 0;
  return () => {
    last = Math.max(wallClockMs(), last + 1);
    return new Date(last).toISOString();
  };
};
