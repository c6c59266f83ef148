/** Pieces that many events share: who, which project, which branch, quoted text. */
import { clean, firstLine, LIMITS } from './clean.ts';
import type { Context, Told } from './event.ts';
import { fill, type Part } from './fill.ts';
import {
  code,
  type Field,
  type Line,
  link,
  type Message,
  outside,
  type Piece,
  QUOTE,
  type Tone,
  words,
} from './message.ts';
import { at, firstText, list, text, whole } from './read.ts';
import type { Words } from './wording/index.ts';

const own = (map: Readonly<Record<string, string>> | undefined, key: string): string | undefined => {
  const found = at(map, key);
  return typeof found === 'string' && found !== '' ? found : undefined;
};

export const person = (name: unknown, username: unknown, { settings, words: w }: Context): Piece => {
  const login = text(username);
  const shown = clean(firstText(name, username), LIMITS.name) || w.someone;
  const chatName = login === '' ? undefined : own(settings.people, login);
  return chatName === undefined ? { kind: 'person', name: shown } : { kind: 'person', name: shown, chatName };
};

/** Somebody as `{name, username}`. */
export const someone = (user: unknown, context: Context): Piece =>
  person(at(user, 'name'), at(user, 'username'), context);

export const people = (users: unknown, context: Context): Line =>
  list(users)
    .slice(0, 5)
    .map((user) => someone(user, context))
    .flatMap((piece, index): Line => (index === 0 ? [piece] : [words(', '), piece]));

const projectOf = (payload: unknown): unknown => at(payload, 'project');

export const projectUrl = (payload: unknown): string =>
  firstText(
    at(projectOf(payload), 'web_url'),
    at(projectOf(payload), 'homepage'),
    at(payload, 'repository', 'homepage'),
  );

export const projectPath = (payload: unknown): string =>
  clean(
    firstText(
      at(projectOf(payload), 'path_with_namespace'),
      at(payload, 'path_with_namespace'),
      at(payload, 'project_path_with_namespace'),
      at(projectOf(payload), 'name'),
      at(payload, 'project_name'),
      at(payload, 'repository', 'name'),
    ),
    LIMITS.path,
  );

export const project = (payload: unknown, { words: w }: Context): Piece => {
  const path = projectPath(payload);
  return path === '' ? words(w.someProject) : link(path, projectUrl(payload));
};

/** `refs/heads/main` → `main`; a branch may itself be called `refs/heads/x`, so only one start goes. */
export const shortRef = (ref: unknown): string => clean(text(ref).replace(/^refs\/(heads|tags)\//, ''), LIMITS.ref);

export const refPiece = (ref: unknown): Piece => code(shortRef(ref) || '?');

export const shortSha = (sha: unknown): string => clean(text(sha), 40).slice(0, 8);

/** `1234567` → `1,234,567`, with the separator of the language. */
export const grouped = (value: number, { thousands }: Words): string =>
  String(value).replace(/\B(?=(\d{3})+$)/g, thousands);

export const counted = (value: number, forms: readonly [string, string], w: Words): string =>
  (w.isOne(value) ? forms[0] : forms[1]).replace('{count}', grouped(value, w));

/** `#12 Title` or `!12 Title`, with a link; a payload's `id` is never shown, people know the `iid`. */
export const numbered = (sign: string, item: unknown, url: unknown, title: unknown): Piece => {
  const iid = whole(at(item, 'iid'));
  const shown = clean(text(title), LIMITS.title);
  const number = iid === undefined ? '' : `${sign}${iid}`;
  return link([number, shown].filter((part) => part !== '').join(' ') || '?', firstText(url, at(item, 'url')));
};

/** A longer text from outside as one quoted line; none when it says nothing. */
export const quote = (value: unknown): readonly Line[] => {
  const shown = clean(text(value), LIMITS.quote);
  return shown === '' ? [] : [[words(QUOTE), outside(shown)]];
};

export const commitTitle = (commit: unknown): string =>
  clean(firstText(at(commit, 'title'), firstLine(text(at(commit, 'message')))), LIMITS.title);

/** `abcdef12 title`. */
export const commitLine = (commit: unknown): Line => {
  const sha = shortSha(firstText(at(commit, 'id'), at(commit, 'sha')));
  const title = commitTitle(commit);
  const start = link(sha || '?', text(at(commit, 'url')));
  return title === '' ? [start] : [start, words(' '), outside(title)];
};

export const field = (title: string, value: Line): readonly Field[] => (value.length === 0 ? [] : [{ title, value }]);

export const textField = (title: string, value: unknown, limit: number = LIMITS.title): readonly Field[] => {
  const shown = clean(text(value), limit);
  return shown === '' ? [] : field(title, [outside(shown)]);
};

export interface More {
  readonly tone?: Tone;
  readonly details?: readonly Line[];
  readonly fields?: readonly Field[];
}

export const say = (
  template: string,
  parts: Readonly<Record<string, Part>>,
  { tone = 'plain', details = [], fields = [] }: More = {},
): Message => ({ line: fill(template, parts), tone, details, fields });

export const told = (message: Message, more: Omit<Told, 'message'> = {}): Told => ({ message, ...more });

/** The value of a table by a name from outside. */
export const pick = <Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
