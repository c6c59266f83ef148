import {
  described,
  field,
  numbered,
  pageOf,
  people,
  pick,
  project,
  refPiece,
  say,
  shortRef,
  someone,
  unknownAction,
} from '../common.ts';
import type { Context, Describer, Description } from '../event.ts';
import type { FilledIn } from '../fill.ts';
import { type Field, joined, type Tone, words } from '../message.ts';
import { quote } from '../quote.ts';
import { at, type Fields, isSet, list, text } from '../read.ts';
import type { Texts } from '../wording/index.ts';
import type { ChangeNews } from './change.ts';
import {
  changesOf,
  describeChanges,
  draftFlipped,
  flipped,
  isDraftTitle,
  saysChanges,
  stateAction,
} from './changes.ts';
import { isConfidential } from './confidential.ts';
import { labelTitles, titlesLine } from './labels.ts';

/** The actions that GitLab has besides `update`. */
const TONES = {
  open: 'news',
  reopen: 'news',
  merge: 'good',
  approved: 'good',
  approval: 'good',
  unapproved: 'warning',
  unapproval: 'warning',
  close: 'warning',
} as const satisfies Readonly<Record<string, Tone>>;

type Action = keyof typeof TONES;

const isAction = (name: string): name is Action => Object.hasOwn(TONES, name);

type Parts = Readonly<Record<string, FilledIn>>;

const isDraft = (item: unknown): boolean =>
  isSet(at(item, 'draft')) || isSet(at(item, 'work_in_progress')) || isDraftTitle(at(item, 'title'));

/**
 * What GitLab did by itself is nobody's act: a push resets approvals, and the user of such an event is who pushed
 * (doc/user/project/integrations/webhook_events.md, "System-initiated merge request events").
 */
const systemTemplate = (payload: Fields, action: string, w: Texts): string | undefined => {
  const item = at(payload, 'object_attributes');
  if (at(item, 'system') !== true) return undefined;
  const reason = text(at(item, 'system_action'));
  if (reason === 'approvals_reset_on_push') return w.merge.reset;
  if (reason === 'code_owner_approvals_reset_on_push') return w.merge.resetOwners;
  return action === 'unapproved' || action === 'unapproval' ? w.merge.systemUnapproved : undefined;
};

/** What an update may be besides a change of people, the first that it is being the news. */
const happenings = (payload: Fields, { words: w }: Context): readonly ChangeNews[] => {
  const draft = draftFlipped(payload);
  const auto = flipped(payload, 'auto_merge_enabled') ?? flipped(payload, 'merge_when_pipeline_succeeds');
  // `oldrev` is there when an update is a push to the source branch.
  const isPush = text(at(payload, 'object_attributes', 'oldrev')) !== '';
  const found: readonly (readonly [boolean, string, string])[] = [
    [draft === false, w.merge.ready, w.changes.ready],
    [draft === true, w.merge.draft, w.changes.draft],
    [isPush, w.merge.push, w.changes.commits],
    [auto === true, w.merge.autoMerge, w.changes.autoMerge],
    [auto === false, w.merge.autoMergeOff, w.changes.autoMergeOff],
    [flipped(payload, 'blocking_discussions_resolved') === true, w.merge.resolved, w.changes.resolved],
  ];
  return found.flatMap(([is, template, line]): readonly ChangeNews[] =>
    is ? [{ template, line: [words(line)] }] : [],
  );
};

const assigneesOf = (payload: Fields): unknown => {
  if (list(payload.assignees).length > 0) return payload.assignees;
  const one = payload.assignee ?? at(payload, 'object_attributes', 'assignee');
  return at(one, 'name') === undefined ? [] : [one];
};

const openFields = (payload: Fields, context: Context): readonly Field[] => {
  const { words: w } = context;
  const item = at(payload, 'object_attributes');
  const branches = joined([[refPiece(at(item, 'source_branch'))], [refPiece(at(item, 'target_branch'))]], ' → ');
  return [
    ...field(w.fields.branches, branches),
    ...field(w.fields.assignees, people(assigneesOf(payload), context)),
    ...field(w.fields.reviewers, people(payload.reviewers, context)),
    ...field(w.fields.labels, titlesLine(labelTitles(payload.labels), w)),
  ];
};

const branchOf = (payload: Fields): Omit<Description, 'message'> => {
  const branch = shortRef(at(payload, 'object_attributes', 'target_branch'));
  return branch === '' ? {} : { branch };
};

/** One of several changes is the news; an update of nothing that people care about is none. */
const describeUpdate = (payload: Fields, parts: Parts, hidden: boolean, context: Context): Description | undefined => {
  const { words: w } = context;
  const changes = changesOf(payload, context, hidden);
  const all = ordered(changes, happenings(payload, context));
  if (all.length === 0 && saysChanges(payload)) return undefined;
  const head = all.find(({ template }) => template !== undefined);
  const news = { template: head?.template ?? w.merge.update, parts: { ...parts, ...head?.parts } };
  const rest = all.filter((change) => change !== head);
  const { line, fields } = describeChanges(rest, news, context);
  return described({ line, tone: 'plain', details: [], fields }, branchOf(payload));
};

/** People who are asked come first, then what happened, then who is released and the rest. */
const ordered = (changes: readonly ChangeNews[], happened: readonly ChangeNews[]): readonly ChangeNews[] => {
  const asked = changes.filter(({ isPersonal }) => isPersonal === 'asked');
  return [...asked, ...happened, ...changes.filter(({ isPersonal }) => isPersonal !== 'asked')];
};

const templateOf = (payload: Fields, action: string, { words: w }: Context): string => {
  if (action === 'open' && isDraft(at(payload, 'object_attributes'))) return w.merge.openDraft;
  return isAction(action) ? w.merge[action] : w.mergeOther;
};

export const mergeRequest: Describer = {
  topic: 'merge_request',
  describe: (event, context) => {
    const { payload } = event;
    const { words: w } = context;
    const item = at(payload, 'object_attributes');
    const named = text(at(item, 'action'));
    const hidden = isConfidential(event);
    const merge = numbered('!', item, pageOf(payload, 'merge_requests'), hidden ? '' : at(item, 'title'));
    const parts: Parts = {
      who: someone(payload.user, context),
      noun: words(w.nouns.merge),
      merge,
      item: merge,
      target: refPiece(at(item, 'target_branch')),
      project: project(payload, context),
      action: unknownAction(named, context),
    };
    const system = systemTemplate(payload, named, w);
    if (system !== undefined) return described(say(system, parts, { tone: 'warning' }), branchOf(payload));
    const action = named === 'update' ? (stateAction(payload) ?? named) : named;
    if (action === 'update') return describeUpdate(payload, parts, hidden, context);
    const isOpened = action === 'open' && !hidden;
    const message = say(templateOf(payload, action, context), parts, {
      tone: pick<Tone>(TONES, action) ?? 'plain',
      details: isOpened ? quote(at(item, 'description')) : [],
      fields: isOpened ? openFields(payload, context) : [],
    });
    return described(message, branchOf(payload));
  },
};
