/**
 * The text of the script that runs inside Rocket.Chat for our incoming webhook: GitLab's events → messages in rooms.
 * The sandbox has the language's built-ins and nothing else (no URL, Buffer, require), and 8 MB of memory.
 */

import { isListOf, isRecord, readJson } from '../values/shape.ts';
import type { RoomFilter, Route } from './core/settings.ts';
import type { Wording } from './core/wording/index.ts';
import { NOTIFIER_SOURCE } from './generated/notifier-source.ts';
import type { ScriptSettings } from './rocketchat/answer.ts';
import type { RoomTokens, Taken } from './rocketchat/secret.ts';

export type { RoomFilter, Route } from './core/settings.ts';
export type { Taken } from './rocketchat/secret.ts';

/** Left out: a room hears everything that arrives, results only. */
export interface NotifierOptions extends Omit<ScriptSettings, 'wording'> {
  readonly locale: 'en' | 'fr';
  /** Lower-case hex SHA-256 of the kept secret, of which the tokens of hooks are made. */
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
const literal = (value: unknown, indent = 0): string =>
  JSON.stringify(value, undefined, indent).replace(
    /[<>\u2028\u2029\u007f-\u009f]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const line = (key: string, value: unknown): string => ` "${key}": ${literal(value)},\n`;

const takenLines = ({ secretSha256, hooks }: Taken, former: readonly Taken[]): string =>
  line('secretSha256', secretSha256) +
  (hooks === undefined ? '' : line('hooks', hooks)) +
  (former.length === 0 ? '' : line('former', former));

const START = "'use strict';\nconst SETTINGS = {\n";

/** The same options give the same text, so that a changed script shows by comparison. What it takes stands first. */
export const notifierScript = ({ secretSha256, hooks, former = [], ...options }: NotifierOptions): string => {
  const taken = takenLines({ secretSha256, ...(hooks && { hooks }) }, former);
  return `${START}${taken}${literal(options, 1).slice(2)};\n${NOTIFIER_SOURCE}`;
};

/** `formerSha256` is how scripts of 0.1 named former secrets. */
const TAKEN = /^ "secretSha256": "([0-9a-f]{64})",?\n(?: "hooks": (.*),\n)?(?: "former": (.*),\n)?/m;
const FORMER_OF_OLD = /^ "formerSha256": (\["[0-9a-f]{64}"(?:,"[0-9a-f]{64}")*\]),\n/m;

const isText = (value: unknown): boolean => typeof value === 'string';
const isRoomTokens = (value: unknown): boolean =>
  isRecord(value) && isText(value.room) && isListOf(value.tokens, isText);
const areHooks = (value: unknown): value is readonly RoomTokens[] => isListOf(value, isRoomTokens);
const isTaken = (value: unknown): boolean =>
  isRecord(value) && isText(value.secretSha256) && (value.hooks === undefined || areHooks(value.hooks));
const areTaken = (value: unknown): value is readonly Taken[] => isListOf(value, isTaken);
const areTexts = (value: unknown): value is readonly string[] => isListOf(value, isText);

/** Undefined for what somebody has changed into something else. */
const parsed = <Value>(json: string | undefined, is: (value: unknown) => value is Value): Value | undefined => {
  const value = readJson(json ?? '');
  return is(value) ? value : undefined;
};

/** What a script of ours takes, the current secret's first; none when it is no script of ours. */
export const takenIn = (script: string): readonly Taken[] => {
  const [found, secretSha256, hooks, former] = TAKEN.exec(script) ?? [];
  if (found === undefined || secretSha256 === undefined) return [];
  const known = parsed(hooks, areHooks);
  const old = parsed(FORMER_OF_OLD.exec(script)?.[1], areTexts) ?? [];
  return [
    { secretSha256, ...(known && { hooks: known }) },
    ...(parsed(former, areTaken) ?? []),
    ...old.map((digest) => ({ secretSha256: digest })),
  ];
};

/** The digest of its secret; another text where that one secret opens every room. */
export const nameOfTaken = ({ secretSha256, hooks }: Taken): string =>
  hooks === undefined ? `${secretSha256} in every room` : secretSha256;

/** Names of what a script of ours takes, the current one first. */
export const secretsIn = (script: string): readonly string[] => takenIn(script).map(nameOfTaken);

/** The script with exactly these former ones taken too: while hooks change theirs, no delivery is lost. */
export const alsoTaking = (script: string, former: readonly Taken[]): string => {
  const [current] = takenIn(script);
  if (current === undefined) return script;
  return script.replace(FORMER_OF_OLD, '').replace(TAKEN, () => takenLines(current, former));
};
