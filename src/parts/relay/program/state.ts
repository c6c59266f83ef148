/** What the relay remembers across restarts: small, plain, bounded. */
import type { Message } from '../../../notifier/core/message.ts';
import type { Progress } from './progress.ts';
import type { TakenSecret } from './taken-secrets.ts';

export interface RelayState {
  readonly version: 1;
  /** Of this memory alone: messages of a relay that lost its memory are not taken for those of the new one. */
  readonly instance: string;
  /** What deliveries may bear, the current one first. */
  readonly secrets: readonly TakenSecret[];
  /** Keys of deliveries that were taken, the latest last. */
  readonly seen: readonly string[];
  /** Room → what the notifier remembers there: what failed last. */
  readonly memory: Readonly<Record<string, string>>;
  /** Runs that were posted, the latest last. */
  readonly runs: readonly Run[];
  /** Taken and not yet posted, the oldest first. */
  readonly outbox: readonly Item[];
}

/** A pipeline in one room. */
export interface Run {
  readonly key: string;
  /** How far it was when we last heard of it. */
  readonly progress: Progress;
  /** How many messages of it a user has removed. */
  readonly again: number;
  /** Absent until it was posted, and where the chat reports no ids. */
  readonly messageId?: string;
}

export interface Item {
  readonly id: string;
  readonly room: string;
  readonly message: Message;
  /** The run this is the latest news of. */
  readonly run?: string;
  /** It may have got there: nobody knows. */
  readonly tried: boolean;
}

/** Taken deliveries whose repetition is recognised. GitLab repeats within minutes. */
export const MOST_SEEN = 2_000;
/** Pipelines whose message is still changed. */
export const MOST_RUNS = 500;
/** Waiting for one room. */
export const MOST_WAITING = 200;

export const nothingYet = (instance: string): RelayState => ({
  version: 1,
  instance,
  secrets: [],
  seen: [],
  memory: {},
  runs: [],
  outbox: [],
});
