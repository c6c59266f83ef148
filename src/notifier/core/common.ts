/** Pieces that many events share: who, which project, which branch, lists of things. */
import { clean, firstLine, LIMITS } from './clean.ts';
import type { Context, Description } from './event.ts';
import { type FilledIn, fill } from './fill.ts';
import {
  code,
  type Field,
  joined,
  type Line,
  link,
  type Message,
  outside,
  type Piece,
  type Tone,
  words,
} from './message.ts';
import { at, type Fields, firstText, list, text, whole } from './read.ts';
import { webAddress } from './web-address.ts';
import { whereOf } from './where.ts';
import type { Texts } from './wording/index.ts';

const own = (map: Readonly<Record<string, string>> | undefined, key: string): string | undefined => {
  const found = at(map, key);
  return typeof found === 'string' && found !== '' ? found : undefined;
};

/** Nobody is notified of an act of their own. */
export const person = (name: unknown, username: unknown, { settings, words: w, actor }: Context): Piece => {
  const login = text(username);
  const shown = clean(firstText(name, username), LIMITS.name);
  if (shown === '') return words(w.someone);
  const chatName = login === '' || login === actor ? undefined : own(settings.people, login);
  return chatName === undefined ? { kind: 'person', name: shown } : { kind: 'person', name: shown, chatName };
};

/** Somebody as `{name, username}`. */
export const someone = (user: unknown, context: Context): Piece =>
  person(at(user, 'name'), at(user, 'username'), context);

/** The same event as news to everybody, the one who began it too. */
export const newsToAll = (context: Context): Context => ({ ...context, actor: '' });

/** `1234567` → `1,234,567`, with the separator of the language. */
export const grouped = (value: number, { thousands }: Texts): string =>
  String(value).replace(/\B(?=(\d{3})+$)/g, thousands);

export const counted = (value: number, forms: readonly [string, string], w: Texts): string =>
  (w.isOne(value) ? forms[0] : forms[1]).replace('{count}', grouped(value, w));

/** The first of many, and how many there are beside: `a, b and 3 more`. */
export const listed = <Each>(all: readonly Each[], shown: number, show: (each: Each) => Line, w: Texts): Line => {
  const rest = all.length - shown;
  const line = joined(all.slice(0, shown).map(show), ', ');
  return rest > 0 ? [...line, words(` ${counted(rest, w.others, w)}`)] : line;
};

const PEOPLE = 5;

export const people = (users: unknown, context: Context): Line =>
  listed(list(users), PEOPLE, (user) => [someone(user, context)], context.words);

/** Page of the project or group. */
export const projectUrl = (payload: Fields): string => whereOf(payload).url;

export const projectPath = (payload: Fields): string => clean(whereOf(payload).shown, LIMITS.path);

/** The page of a project or group by its full path, where its payload does not say it. */
export const pageAt = (path: string, { instance }: Context): string =>
  instance === '' || !/^[\w.-]+(?:\/[\w.-]+)*$/.test(path) ? '' : `${instance}/${path}`;

export const project = (payload: Fields, context: Context): Piece => {
  const { path, url } = whereOf(payload);
  const shown = projectPath(payload);
  return shown === '' ? words(context.words.someProject) : link(shown, firstText(url, pageAt(path, context)));
};

/** `refs/heads/main` → `main`; a branch may itself be called `refs/heads/x`, so only one start goes. */
const bareRef = (ref: unknown): string => text(ref).replace(/^refs\/(heads|tags)\//, '');

export const shortRef = (ref: unknown): string => clean(bareRef(ref), LIMITS.ref);

export const refPiece = (ref: unknown): Piece => code(shortRef(ref) || '?');

/** A branch (`tree`) or tag (`tags`) that exists, with its page; one whose name is not shown whole has none. */
export const refLink = (payload: Fields, ref: unknown, page: 'tree' | 'tags'): Piece => {
  const shown = shortRef(ref);
  const base = projectUrl(payload);
  if (base === '' || shown === '' || shown !== bareRef(ref)) return refPiece(ref);
  const address = `${base}/-/${page}/${shown.split('/').map(encodeURIComponent).join('/')}`;
  return webAddress(address) === undefined ? refPiece(ref) : link(shown, address);
};

export const shortSha = (sha: unknown): string => clean(text(sha), 40).slice(0, 8);

/** `2026-03-01T…` → as people write dates; anything else as it is. */
export const day = (value: unknown, w: Texts): string => {
  const written = text(value);
  const [, year, month, date] = /^(\d{4})-(0[1-9]|1[0-2])-([0-2]\d|3[01])/.exec(written) ?? [];
  if (year === undefined) return clean(written, LIMITS.status);
  return w.date(Number(year), Number(month), Number(date));
};

/** `#12 Title` or `!12 Title`, with a link; a payload's `id` is never shown, people know the `iid`. */
export const numbered = (sign: string, item: unknown, url: unknown, title: unknown): Piece => {
  const address = firstText(url, at(item, 'url'));
  const iid = whole(at(item, 'iid')) ?? whole(/\/(?:issues|epics|work_items|merge_requests)\/(\d+)/.exec(address)?.[1]);
  const shown = clean(text(title), LIMITS.title);
  const number = iid === undefined ? '' : `${sign}${iid}`;
  return link([number, shown].filter((part) => part !== '').join(' ') || '?', address);
};

/** The page of an issue or merge request, where the payload does not say it. */
export const pageOf = (payload: Fields, kind: 'issues' | 'merge_requests'): string => {
  const item = at(payload, 'object_attributes');
  const iid = whole(at(item, 'iid'));
  const base = projectUrl(payload);
  const built = iid === undefined || base === '' ? '' : `${base}/-/${kind}/${iid}`;
  return firstText(at(item, 'url'), built);
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

/** A value of GitLab's own few, in our words; one that we do not know as it is. */
export const knownField = (
  title: string,
  value: unknown,
  known: Readonly<Record<string, string>>,
): readonly Field[] => {
  const found = pick(known, text(value).toLowerCase().replace(/ /g, '_'));
  return found === undefined ? textField(title, value, LIMITS.name) : field(title, [words(found)]);
};

export interface More {
  readonly tone?: Tone;
  readonly details?: readonly Line[];
  readonly fields?: readonly Field[];
}

/** A sentence that begins with a part of ours begins with a capital. */
const begun = (line: Line): Line => {
  const [first, ...rest] = line;
  return first?.kind === 'words' ? [words(first.text.charAt(0).toUpperCase() + first.text.slice(1)), ...rest] : line;
};

export const sentence = (template: string, parts: Readonly<Record<string, FilledIn>>): Line =>
  template.startsWith('{') ? begun(fill(template, parts)) : fill(template, parts);

export const say = (
  template: string,
  parts: Readonly<Record<string, FilledIn>>,
  { tone = 'plain', details = [], fields = [] }: More = {},
): Message => ({ line: sentence(template, parts), tone, details, fields });

export const described = (message: Message, more: Omit<Description, 'message'> = {}): Description => ({
  message,
  ...more,
});

/** The value of a table by a name from outside. */
export const pick = <Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** What happened by a name that we do not know: the name itself, else that something did. */
export const unknownAction = (action: unknown, { words: w }: Context): Piece => {
  const name = clean(text(action), LIMITS.status);
  return name === '' ? words(w.news) : code(name);
};
