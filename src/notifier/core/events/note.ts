import { clean, LIMITS } from '../clean.ts';
import { commitTitle, numbered, project, quote, say, shortSha, someone, told } from '../common.ts';
import type { Context, Teller } from '../event.ts';
import { link, type Piece } from '../message.ts';
import { at, type Fields, record, text, whole } from '../read.ts';
import type { Words } from '../wording/index.ts';
import { isConfidential } from './confidential.ts';

interface Target {
  readonly template: (words: Words) => string;
  readonly piece: (payload: Fields, url: string, hidden: boolean) => Piece;
}

const commit: Target = {
  template: (w) => w.noteCommit,
  piece: (payload, url) => {
    const sha = shortSha(at(payload, 'commit', 'id')) || shortSha(at(payload, 'object_attributes', 'commit_id'));
    return link([sha, commitTitle(payload.commit)].filter((part) => part !== '').join(' ') || '?', url);
  },
};
const issue: Target = {
  template: (w) => w.noteIssue,
  piece: ({ issue: item, work_item }, url, hidden) => {
    const target = item ?? work_item;
    return numbered('#', target, url, hidden ? '' : at(target, 'title'));
  },
};
const mergeRequest: Target = {
  template: (w) => w.noteMerge,
  piece: ({ merge_request }, url, hidden) =>
    numbered('!', merge_request, url, hidden ? '' : at(merge_request, 'title')),
};
/** Snippets have an `id` only, which is also what people see. */
const snippet: Target = {
  template: (w) => w.noteSnippet,
  piece: ({ snippet: item }, url, hidden) => {
    const id = whole(at(item, 'id'));
    const title = hidden ? '' : clean(text(at(item, 'title')), LIMITS.title);
    return link([id === undefined ? '' : `$${id}`, title].filter((part) => part !== '').join(' ') || '?', url);
  },
};

const TARGETS: readonly (readonly [string, Target])[] = [
  ['commit', commit],
  ['merge_request', mergeRequest],
  ['issue', issue],
  ['work_item', issue],
  ['snippet', snippet],
];

const NAMES: Readonly<Record<string, Target>> = {
  Commit: commit,
  MergeRequest: mergeRequest,
  Issue: issue,
  WorkItem: issue,
  Snippet: snippet,
  ProjectSnippet: snippet,
};

const targetOf = (payload: Fields): Target | undefined => {
  const type = text(at(payload, 'object_attributes', 'noteable_type'));
  const named = Object.hasOwn(NAMES, type) ? NAMES[type] : undefined;
  return named ?? TARGETS.find(([key]) => Object.keys(record(payload[key])).length > 0)?.[1];
};

const templateOf = (target: Target | undefined, hidden: boolean, w: Words): string => {
  if (target === undefined) return hidden ? w.noteHiddenOther : w.noteOther;
  return hidden ? w.noteHidden : target.template(w);
};

const partsOf = (payload: Fields, target: Target | undefined, hidden: boolean, context: Context) => {
  const url = text(at(payload, 'object_attributes', 'url'));
  return {
    who: someone(payload.user, context),
    project: project(payload, context),
    ...(target === undefined ? {} : { target: target.piece(payload, url, hidden) }),
  };
};

export const note: Teller = {
  topic: 'note',
  tell: (event, context) => {
    const { payload } = event;
    const hidden = isConfidential(event);
    const target = targetOf(payload);
    const details = hidden ? [] : quote(at(payload, 'object_attributes', 'note'));
    const template = templateOf(target, hidden, context.words);
    return told(say(template, partsOf(payload, target, hidden, context), { details }));
  },
};
