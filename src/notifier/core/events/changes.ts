/** What an update changed: of `changes`, only what people care about, and only what really changed. */
import { clean, LIMITS } from '../clean.ts';
import { field, pick, sentence } from '../common.ts';
import type { Context } from '../event.ts';
import { type FilledIn, fill } from '../fill.ts';
import { code, type Field, joined, type Line, words } from '../message.ts';
import { at, type Fields, isSet, list, record, text } from '../read.ts';
import { after, before, isReal } from '../read-change.ts';
import type { Texts } from '../wording/index.ts';
import type { ChangeNews } from './change.ts';
import { labelTitles, titlesLine } from './labels.ts';
import { peopleChanges } from './people-changes.ts';

type Named = keyof Texts['changes'];

/** key of `changes` → our word */
const PLAIN: Readonly<Record<string, Named>> = {
  title: 'title',
  description: 'description',
  milestone_id: 'milestone',
  due_date: 'due',
  start_date: 'start',
  confidential: 'confidential',
  weight: 'weight',
  health_status: 'health',
  time_estimate: 'estimate',
  total_time_spent: 'time',
  discussion_locked: 'locked',
  severity: 'severity',
  type: 'type',
  escalation_status: 'escalation',
  escalation_policy: 'escalation',
  moved_to_id: 'moved',
  duplicated_to_id: 'duplicate',
  customer_relations_contacts: 'contacts',
  iteration_id: 'iteration',
  sprint_id: 'iteration',
};

/** What these keys say is said by a richer one where GitLab sends that too. */
const POORER: Readonly<Record<string, { readonly than: string; readonly word: Named }>> = {
  assignee_id: { than: 'assignees', word: 'assignees' },
  assignee_ids: { than: 'assignees', word: 'assignees' },
  reviewer_ids: { than: 'reviewers', word: 'reviewers' },
};

/** Announced elsewhere, or GitLab's own bookkeeping. */
const SILENT = new Set([
  ...['id', 'iid', 'author_id', 'created_at', 'updated_at', 'updated_by_id', 'last_edited_at', 'last_edited_by_id'],
  ...['closed_at', 'closed_by_id', 'merged_at', 'prepared_at', 'actioned_at', 'relative_position', 'lock_version'],
  ...['project_id', 'source_project_id', 'target_project_id', 'source_branch', 'head_pipeline_id', 'time_change'],
  ...['merge_status', 'detailed_merge_status', 'merge_error', 'merge_params', 'merge_user_id', 'merge_commit_sha'],
  ...['squash_commit_sha', 'in_progress_merge_commit_sha', 'rebase_commit_sha', 'description_html', 'title_html'],
  ...['state', 'state_id', 'draft', 'work_in_progress', 'blocking_discussions_resolved', 'first_contribution'],
  ...['human_time_estimate', 'human_total_time_spent', 'human_time_change', 'cached_markdown_version'],
  ...['merge_when_pipeline_succeeds', 'auto_merge_enabled', 'assignees', 'reviewers', 'labels', 'target_branch'],
  ...['approval_rules', 'latest_merge_request_diff_id'],
]);

const DRAFT = /^\s*(?:\[(?:draft|wip)\]|\(draft\)|(?:draft|wip):)\s*/i;

/** Old payloads say it by the title alone. */
export const isDraftTitle = (title: unknown): boolean => DRAFT.test(text(title));

/** A title that only lost or got its mark of a draft is the same title. */
const isNewTitle = (change: unknown): boolean =>
  text(before(change)).replace(DRAFT, '') !== text(after(change)).replace(DRAFT, '');

const realChanges = (payload: Fields): Fields => {
  const entries = Object.entries(record(payload.changes)).slice(0, 200);
  return Object.fromEntries(entries.filter(([, change]) => isReal(change)));
};

const labelLines = (change: unknown, w: Texts): readonly Line[] => {
  const previous = labelTitles(before(change));
  const current = labelTitles(after(change));
  const added = current.filter((title) => !previous.includes(title));
  const removed = previous.filter((title) => !current.includes(title));
  return [
    ...(added.length > 0 ? [fill(w.changes.labelsAdded, { names: titlesLine(added, w) })] : []),
    ...(removed.length > 0 ? [fill(w.changes.labelsRemoved, { names: titlesLine(removed, w) })] : []),
  ];
};

const targetLines = (change: unknown, w: Texts): readonly Line[] => {
  const name = clean(text(after(change)), LIMITS.ref);
  return name === '' ? [] : [fill(w.changes.target, { name: code(name) })];
};

/** A key that we do not know is named rather than lost. */
const unknownKeys = (real: Fields): readonly Line[] =>
  Object.keys(real)
    .filter((key) => !SILENT.has(key) && pick(PLAIN, key) === undefined && pick(POORER, key) === undefined)
    .slice(0, 5)
    .map((key): Line => [code(clean(key, LIMITS.status))]);

const plainNames = (real: Fields): readonly Named[] => {
  const plain = Object.keys(PLAIN)
    .filter((key) => Object.hasOwn(real, key) && (key !== 'title' || isNewTitle(real[key])))
    .flatMap((key) => PLAIN[key] ?? []);
  const poorer = Object.entries(POORER).flatMap(([key, { than, word }]) =>
    Object.hasOwn(real, key) && !Object.hasOwn(real, than) ? [word] : [],
  );
  return [...new Set([...plain, ...poorer])];
};

/** Of a confidential item only which parts changed: no text of it, and nobody's name. */
const hiddenLines = (real: Fields, w: Texts): readonly Line[] => {
  const has = (key: string): boolean => Object.hasOwn(real, key);
  const more = (['assignees', 'reviewers', 'labels'] as const).filter(has);
  return [...new Set<Named>([...plainNames(real), ...more])].map((name): Line => [words(w.changes[name])]);
};

const detailLines = (real: Fields, w: Texts): readonly Line[] => [
  ...plainNames(real).map((name): Line => [words(w.changes[name])]),
  ...labelLines(real.labels, w),
  ...targetLines(real.target_branch, w),
  ...unknownKeys(real),
];

const asChange = (line: Line): ChangeNews => ({ line });

/** Everything that an update changed, what concerns people first. */
export const changesOf = (payload: Fields, context: Context, hidden: boolean): readonly ChangeNews[] => {
  const { words: w } = context;
  const real = realChanges(payload);
  if (hidden) return hiddenLines(real, w).map(asChange);
  return [...peopleChanges(real, context), ...detailLines(real, w).map(asChange)];
};

/** Whether GitLab says what changed; old payloads do not, and their updates are announced as such. */
export const saysChanges = (payload: Fields): boolean =>
  typeof payload.changes === 'object' && payload.changes !== null;

/** Whether a flag has just become set or unset; undefined when it did not change. */
export const flipped = (payload: Fields, key: string): boolean | undefined => {
  const change = at(payload, 'changes', key);
  if (after(change) === undefined) return undefined;
  const now = isSet(after(change));
  return now === isSet(before(change)) ? undefined : now;
};

/** Whether it has just become a draft, or ceased to be one. In old payloads only its title says so. */
export const draftFlipped = (payload: Fields): boolean | undefined => {
  const flag = flipped(payload, 'draft') ?? flipped(payload, 'work_in_progress');
  if (flag !== undefined) return flag;
  const title = at(payload, 'changes', 'title');
  if (after(title) === undefined) return undefined;
  const now = isDraftTitle(after(title));
  return now === isDraftTitle(before(title)) ? undefined : now;
};

/** doc/…/webhook_events.md, `state_id`: 1 opened, 2 closed, 3 merged; 4, locked, is on the way. */
const STATES: Readonly<Record<string, string>> = {
  1: 'reopen',
  2: 'close',
  3: 'merge',
  opened: 'reopen',
  reopened: 'reopen',
  closed: 'close',
  merged: 'merge',
};

/** What an update that changes the state really is; undefined when it changes none. */
export const stateAction = (payload: Fields): string | undefined => {
  const change = at(payload, 'changes', 'state_id') ?? at(payload, 'changes', 'state');
  return isReal(change) && list(change).length !== 1 ? pick(STATES, text(after(change))) : undefined;
};

/** One change as the news, the others that name people beside it, the rest in a field. */
export const describeChanges = (
  changes: readonly ChangeNews[],
  head: { readonly template: string; readonly parts: Readonly<Record<string, FilledIn>> },
  { words: w }: Context,
): { readonly line: Line; readonly fields: readonly Field[] } => {
  const personal = changes.filter(({ isPersonal }) => isPersonal).map(({ line }) => line);
  const rest = changes.filter(({ isPersonal }) => !isPersonal).map(({ line }) => line);
  const line = sentence(head.template, head.parts);
  return {
    line: personal.length === 0 ? line : [...line, words(' ('), ...joined(personal, '; '), words(')')],
    fields: field(w.fields.changed, joined(rest, ', ')),
  };
};
