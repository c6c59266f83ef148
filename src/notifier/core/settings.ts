import type { Locale } from './wording/index.ts';

/** What a room wants to hear. Left out: everything that arrives, results only, in the language of the script. */
export interface RoomSettings {
  /** Topics (see `Topic`); default all. */
  readonly events?: readonly string[];
  /** Branches with `*` for any characters; default all. Events without a branch are not concerned. */
  readonly branches?: readonly string[];
  /** `failures`: of pipelines, jobs and deployments only failures, and the first success after one. Default `all`. */
  readonly loud?: 'all' | 'failures';
  /** Whether states on the way (created, pending, running) are told too. Default false. */
  readonly intermediate?: boolean;
  readonly locale?: Locale;
}

export interface Settings extends RoomSettings {
  readonly locale: Locale;
  /** GitLab username → name in the chat, without `@`. */
  readonly people?: Readonly<Record<string, string>>;
}
