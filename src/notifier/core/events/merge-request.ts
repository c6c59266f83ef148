import { field, numbered, people, pick, project, quote, refPiece, say, shortRef, someone, told } from '../common.ts';
import type { Context, Teller } from '../event.ts';
import { type Field, joined, type Tone } from '../message.ts';
import { at, type Fields, isSet, text } from '../read.ts';
import { changeFields, flipped } from './changes.ts';
import { isConfidential } from './confidential.ts';
import { labelTitles, titlesLine } from './labels.ts';

const TONES: Readonly<Record<string, Tone>> = {
  open: 'news',
  reopen: 'news',
  merge: 'good',
  approved: 'good',
  approval: 'good',
  unapproved: 'warning',
  unapproval: 'warning',
  close: 'warning',
};

const isDraft = (item: unknown): boolean => isSet(at(item, 'draft')) || isSet(at(item, 'work_in_progress'));

/** `oldrev` is there when an update is a push to the source branch. */
const updateTemplate = (payload: Fields, { words: w }: Context): string => {
  const draft = flipped(payload, 'draft') ?? flipped(payload, 'work_in_progress');
  if (draft !== undefined) return draft ? w.merge.draft : w.merge.ready;
  return text(at(payload, 'object_attributes', 'oldrev')) === '' ? w.merge.update : w.merge.push;
};

const templateOf = (payload: Fields, action: string, context: Context): string => {
  const { merge, mergeOther } = context.words;
  if (action === 'update') return updateTemplate(payload, context);
  if (action === 'open' && isDraft(at(payload, 'object_attributes'))) return merge.openDraft;
  return pick(merge, action) ?? mergeOther;
};

const openFields = (payload: Fields, context: Context): readonly Field[] => {
  const { fields } = context.words;
  const item = at(payload, 'object_attributes');
  const branches = joined([[refPiece(at(item, 'source_branch'))], [refPiece(at(item, 'target_branch'))]], ' → ');
  return [
    ...field(fields.branches, branches),
    ...field(fields.assignees, people(payload.assignees, context)),
    ...field(fields.reviewers, people(payload.reviewers, context)),
    ...field(fields.labels, titlesLine(labelTitles(payload.labels))),
  ];
};

export const mergeRequest: Teller = {
  topic: 'merge_request',
  tell: (event, context) => {
    const { payload } = event;
    const item = at(payload, 'object_attributes');
    const action = text(at(item, 'action'));
    const hidden = isConfidential(event);
    const isOpened = action === 'open' && !hidden;
    const parts = {
      who: someone(payload.user, context),
      merge: numbered('!', item, at(item, 'url'), hidden ? '' : at(item, 'title')),
      project: project(payload, context),
    };
    const changed = action === 'update' ? changeFields(payload, context, hidden) : [];
    const message = say(templateOf(payload, action, context), parts, {
      tone: pick(TONES, action) ?? 'plain',
      details: isOpened ? quote(at(item, 'description')) : [],
      fields: isOpened ? openFields(payload, context) : changed,
    });
    const branch = shortRef(at(item, 'target_branch'));
    return told(message, branch === '' ? {} : { branch });
  },
};
