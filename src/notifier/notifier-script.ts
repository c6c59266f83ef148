/**
 * The text of the script that runs inside Rocket.Chat for our incoming webhook: GitLab's events → messages in rooms.
 * The sandbox has the language's built-ins and nothing else (no URL, Buffer, require), and 8 MB of memory.
 */
import type { RoomFilter, Route } from './core/settings.ts';
import type { Wording } from './core/wording/index.ts';
import { NOTIFIER_SOURCE } from './generated/notifier-source.ts';
import type { ScriptSettings } from './rocketchat/answer.ts';

export type { RoomFilter, Route } from './core/settings.ts';

/** Left out: a room hears everything that arrives, results only. */
export interface NotifierOptions extends Omit<ScriptSettings, 'wording'> {
  readonly locale: 'en' | 'fr';
  /** Lower-case hex SHA-256 of what GitLab sends as X-Gitlab-Token. */
  readonly secretSha256: string;
  /** Room, without `#`, for what no route fits, when the caller names none with `?channel=`. */
  readonly defaultRoom: string;
  /** Where what happens is announced when the caller names no room. Default: in the default room. */
  readonly routes?: readonly Route[];
  /** What rooms want differently from the rest. Default: nothing. */
  readonly filters?: readonly RoomFilter[];
  /** GitLab username → name in the chat, without `@`. Who is not here is named without being notified. */
  readonly people?: Readonly<Record<string, string>>;
  /** Texts in place of ours, by language. */
  readonly wording?: Readonly<Partial<Record<'en' | 'fr', Wording>>>;
}

/** JSON that is the same text in a script, in HTML and in every version of the language. */
const literal = (settings: ScriptSettings): string =>
  JSON.stringify(settings, undefined, 1).replace(
    /[<>\u2028\u2029\u007f-\u009f]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The same options give the same text, so that a changed script shows by comparison. The digest stands first. */
export const notifierScript = ({ secretSha256, ...options }: NotifierOptions): string =>
  `'use strict';\nconst SETTINGS = ${literal({ secretSha256, ...options })};\n${NOTIFIER_SOURCE}`;

const CURRENT = /^ "secretSha256": "([0-9a-f]{64})",$/m;
const FORMER = /^ "formerSha256": (\["[0-9a-f]{64}"(?:,"[0-9a-f]{64}")*\]),\n/m;

/** Digests of the secrets that a script of ours takes, the current one first; none when it is no script of ours. */
export const secretsIn = (script: string): readonly string[] => {
  const current = CURRENT.exec(script)?.[1];
  const former = FORMER.exec(script)?.[1];
  if (current === undefined) return [];
  return [current, ...(former === undefined ? [] : (JSON.parse(former) as string[]))];
};

/** The script with exactly these former secrets taken too: while hooks change theirs, no delivery is lost. */
export const alsoTaking = (script: string, former: readonly string[]): string => {
  const line = former.length === 0 ? '' : ` "formerSha256": ${JSON.stringify(former)},\n`;
  return script.replace(FORMER, '').replace(CURRENT, (current) => `${current}\n${line}`.replace(/\n$/, ''));
};
