/** What a comment or a reaction is about: its noun, and how people know it. */
import { clean, LIMITS } from '../clean.ts';
import { commitTitle, numbered, pick, shortSha } from '../common.ts';
import { link, type Piece } from '../message.ts';
import { at, type Fields, firstText, record, text, whole } from '../read.ts';
import { whereOf } from '../where.ts';
import type { Texts } from '../wording/index.ts';
import { nounOf, signOf } from './work-item.ts';

export interface Target {
  readonly noun: keyof Texts['nouns'];
  readonly piece: Piece;
}

interface Asked {
  readonly payload: Fields;
  /** Where the comment or the thing itself is shown. */
  readonly url: string;
  /** Nothing of its text is shown. */
  readonly hidden: boolean;
  /** The diff's or design's place in the comment. */
  readonly position: unknown;
  /** Of the comment, which has a place of its own on a page. */
  readonly noteId: number | undefined;
}

type Find = (asked: Asked) => Target;

const UNKNOWN = '?';

const labelled = (sign: string, title: string): string =>
  [sign, title].filter((part) => part !== '').join(' ') || UNKNOWN;

const commit: Find = ({ payload, url }) => {
  const sha = shortSha(at(payload, 'commit', 'id')) || shortSha(at(payload, 'object_attributes', 'commit_id'));
  return { noun: 'commit', piece: link(labelled(sha, commitTitle(payload.commit)), url) };
};

const issue: Find = ({ payload, url, hidden }) => {
  const item = payload.issue ?? payload.work_item ?? payload.epic;
  const isEpic = payload.epic !== undefined || /\/epics\/\d/.test(url);
  const type = firstText(at(item, 'type'), isEpic ? 'epic' : '');
  return { noun: nounOf(type), piece: numbered(signOf(type), item, url, hidden ? '' : at(item, 'title')) };
};

const mergeRequest: Find = ({ payload: { merge_request: item }, url, hidden }) => ({
  noun: 'merge',
  piece: numbered('!', item, url, hidden ? '' : at(item, 'title')),
});

/** Snippets have an `id` only, which is also what people see. */
const snippet: Find = ({ payload, url, hidden }) => {
  const item = payload.snippet ?? payload.project_snippet ?? payload.personal_snippet;
  const id = whole(at(item, 'id'));
  const title = hidden || isPrivateSnippet(payload) ? '' : clean(text(at(item, 'title')), LIMITS.title);
  return {
    noun: 'snippet',
    piece: link(labelled(id === undefined ? '' : `$${id}`, title), firstText(url, at(item, 'url'))),
  };
};

/** A design has no payload of its own: issue and file stand in its path, `designs/issue-4/cart.png`. */
const design: Find = ({ payload, url, hidden, position, noteId }) => {
  const path = firstText(at(position, 'new_path'), at(position, 'old_path'));
  const [, iid = '', file = ''] = /^designs\/issue-(\d+)\/([^/]+)$/.exec(path) ?? [];
  const base = whereOf(payload).url;
  const page = `${base}/-/issues/${iid}/designs/${encodeURIComponent(clean(file, LIMITS.path))}`;
  const address = base === '' || file === '' ? '' : `${page}${noteId === undefined ? '' : `#note_${noteId}`}`;
  const shown = labelled(hidden ? '' : clean(file, LIMITS.title), iid === '' ? '' : `(#${iid})`);
  return { noun: 'design', piece: link(shown, firstText(url, address)) };
};

const wikiPage: Find = ({ payload, url, hidden }) => {
  const item = firstRecord(payload, ['wiki_page', 'wiki_page/meta', 'meta']);
  const title = hidden ? '' : clean(firstText(at(item, 'title'), at(item, 'slug')), LIMITS.title);
  const slug = clean(decoded(/\/wikis\/([^?#]+)/.exec(url)?.[1] ?? ''), LIMITS.title);
  return { noun: 'wiki', piece: link(title || (hidden ? '' : slug) || UNKNOWN, url) };
};

const vulnerability: Find = ({ url }) => {
  const id = /\/vulnerabilities\/(\d+)/.exec(url)?.[1];
  return { noun: 'vulnerability', piece: link(id === undefined ? UNKNOWN : `#${id}`, url) };
};

const decoded = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

const hasRecord = (value: unknown): boolean => Object.keys(record(value)).length > 0;

const firstRecord = (payload: Fields, keys: readonly string[]): unknown =>
  payload[keys.find((key) => hasRecord(payload[key])) ?? ''];

/** `noteable_type` and `awardable_type`, the names of GitLab's models. */
const TYPES: Readonly<Record<string, Find>> = {
  Commit: commit,
  MergeRequest: mergeRequest,
  Issue: issue,
  WorkItem: issue,
  Epic: issue,
  Snippet: snippet,
  ProjectSnippet: snippet,
  PersonalSnippet: snippet,
  'DesignManagement::Design': design,
  'WikiPage::Meta': wikiPage,
  WikiPage: wikiPage,
  Vulnerability: vulnerability,
};

/** Keys of the payload, for those that name no type we know. */
const KEYS: Readonly<Record<string, Find>> = {
  commit,
  merge_request: mergeRequest,
  issue,
  work_item: issue,
  epic: issue,
  snippet,
  project_snippet: snippet,
  wiki_page: wikiPage,
};

/** @returns undefined when nothing says which one it is */
export const targetOf = (type: string, asked: Asked): Target | undefined => {
  const key = Object.keys(KEYS).find((each) => hasRecord(asked.payload[each]));
  const find = pick(TYPES, type) ?? (key === undefined ? undefined : KEYS[key]);
  const found = find?.(asked);
  return found?.piece.kind === 'link' && found.piece.text !== UNKNOWN ? found : undefined;
};

/** GitLab's visibility level of what everybody may see (10: who is logged in, 0: members only). */
const PUBLIC = 20;

/**
 * Whether it is about a snippet that not everybody may see, or that does not say who may: rooms may have readers without
 * an account of GitLab.
 */
export const isPrivateSnippet = ({ snippet: one, project_snippet: another, personal_snippet: own }: Fields): boolean =>
  [one, another, own].some((each) => hasRecord(each) && whole(at(each, 'visibility_level')) !== PUBLIC);
