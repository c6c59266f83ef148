import type { Locale, Wording } from './wording/index.ts';

/** What a room wants to hear. Left out: everything that arrives, results only, in the language of the script. */
export interface RoomSettings {
  /** Topics (see `Topic`); default all. */
  readonly events?: readonly string[];
  /** Branches with `*` for any characters; default all. Events without a branch are not concerned. */
  readonly branches?: readonly string[];
  /** `failures`: of pipelines, jobs and deployments only failures, and the first success after one. Default `all`. */
  readonly loud?: 'all' | 'failures';
  /** Whether states on the way (created, pending, running) are announced too. Default false. */
  readonly intermediate?: boolean;
  readonly locale?: Locale;
}

/** Where something happens: in one project, in a group and all below it, or (neither) anywhere. Full paths. */
export interface Place {
  readonly project?: string;
  readonly group?: string;
}

/** What happens there is announced in this room, where the delivery itself names none. Room without `#`. */
export interface Route extends Place {
  readonly room: string;
}

/** What a room wants to hear of what happens there; of several that fit, the most exact place counts. */
export interface RoomFilter extends Route, RoomSettings {}

export interface Settings extends RoomSettings {
  readonly locale: Locale;
  /** Hosts that messages may link to, lower case; `*.name` for those below one. Other links are shown as text. Default: any. */
  readonly links?: readonly string[];
  /** GitLab username → name in the chat, without `@`. */
  readonly people?: Readonly<Record<string, string>>;
  /** Texts in place of ours, by language. */
  readonly wording?: Readonly<Partial<Record<Locale, Wording>>>;
}
