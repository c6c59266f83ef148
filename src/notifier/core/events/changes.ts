/** What an update changed, in words: of `changes`, only what people care about. */
import { clean, LIMITS } from '../clean.ts';
import { field } from '../common.ts';
import type { Context } from '../event.ts';
import { fill } from '../fill.ts';
import { code, type Field, joined, type Line, words } from '../message.ts';
import { at, type Fields, isSet, record, text } from '../read.ts';
import type { Words } from '../wording/index.ts';
import { labelTitles, titlesLine } from './labels.ts';

type Named = Exclude<keyof Words['changes'], 'labelsAdded' | 'labelsRemoved' | 'target'>;

/** key of `changes` → our word; keys that are bookkeeping (`updated_at`, `merge_status`, …) are not here */
const PLAIN: Readonly<Record<string, Named>> = {
  title: 'title',
  description: 'description',
  assignees: 'assignees',
  assignee_id: 'assignees',
  reviewers: 'reviewers',
  milestone_id: 'milestone',
  due_date: 'due',
  confidential: 'confidential',
  weight: 'weight',
  time_estimate: 'time',
  total_time_spent: 'time',
  discussion_locked: 'locked',
  severity: 'severity',
};

const labelLines = (change: unknown, w: Words): readonly Line[] => {
  const previous = labelTitles(at(change, 'previous'));
  const current = labelTitles(at(change, 'current'));
  const added = current.filter((title) => !previous.includes(title));
  const removed = previous.filter((title) => !current.includes(title));
  return [
    ...(added.length > 0 ? [fill(w.changes.labelsAdded, { names: titlesLine(added) })] : []),
    ...(removed.length > 0 ? [fill(w.changes.labelsRemoved, { names: titlesLine(removed) })] : []),
  ];
};

const targetLines = (change: unknown, w: Words): readonly Line[] => {
  const name = clean(text(at(change, 'current')), LIMITS.ref);
  return name === '' ? [] : [fill(w.changes.target, { name: code(name) })];
};

/** @param hidden nothing that comes from the text of a confidential item, only which parts changed */
const changeLines = (changes: Fields, w: Words, hidden: boolean): readonly Line[] => {
  const has = (key: string): boolean => at(changes, key) !== undefined;
  const names = Object.keys(PLAIN)
    .filter(has)
    .flatMap((key) => PLAIN[key] ?? []);
  const plain = [...new Set(names)].map((name): Line => [words(w.changes[name])]);
  if (hidden) return has('labels') ? [...plain, [words(w.changes.labels)]] : plain;
  return [...plain, ...labelLines(at(changes, 'labels'), w), ...targetLines(at(changes, 'target_branch'), w)];
};

export const changeFields = (payload: Fields, { words: w }: Context, hidden = false): readonly Field[] =>
  field(w.fields.changed, joined(changeLines(record(payload.changes), w, hidden), ', '));

/** Whether a flag has just become set or unset; undefined when it did not change. */
export const flipped = (payload: Fields, key: string): boolean | undefined => {
  const change = at(payload, 'changes', key);
  if (at(change, 'current') === undefined) return undefined;
  const now = isSet(at(change, 'current'));
  return now === isSet(at(change, 'previous')) ? undefined : now;
};
