/** Reviewers and assignees asked or released, by name: the updates that people wait for. */
import { clean, LIMITS } from '../clean.ts';
import { people, pick, someone } from '../common.ts';
import type { Context } from '../event.ts';
import { fill } from '../fill.ts';
import { outside, words } from '../message.ts';
import { at, type Fields, firstText, list, text } from '../read.ts';
import { after, before } from '../read-change.ts';
import type { Texts } from '../wording/index.ts';
import type { ChangeNews } from './change.ts';

const keyOf = (user: unknown): string => firstText(at(user, 'username'), at(user, 'id'), at(user, 'name'));

const without = (users: readonly unknown[], others: readonly unknown[]): readonly unknown[] => {
  const known = new Set(others.map(keyOf));
  return users.filter((user) => !known.has(keyOf(user)));
};

type Kind = keyof Texts['people'] & keyof Texts['changes'];

const change = (kind: Kind, users: readonly unknown[], context: Context): readonly ChangeNews[] => {
  if (users.length === 0) return [];
  const { words: w } = context;
  const parts = { people: people(users, context) };
  const isPersonal = kind === 'askedNoMore' || kind === 'unassigned' ? 'released' : 'asked';
  return [{ template: w.people[kind], parts, line: fill(w.changes[kind], parts), isPersonal }];
};

/** A reviewer's state that the reviewer's own act changed: that changes are asked for is what an author waits for. */
const reviewStates = (
  previous: readonly unknown[],
  current: readonly unknown[],
  context: Context,
): readonly ChangeNews[] => {
  const { words: w } = context;
  return current.flatMap((reviewer): readonly ChangeNews[] => {
    const was = previous.find((one) => keyOf(one) === keyOf(reviewer));
    const state = text(at(reviewer, 'state'));
    if (was === undefined || state === '' || state === text(at(was, 'state'))) return [];
    if (at(reviewer, 're_requested') === true) return [];
    const known = pick(w.reviewStates, state);
    const who = someone(reviewer, context);
    const shown = known === undefined ? outside(clean(state, LIMITS.status)) : words(known);
    const line = fill(w.changes.review, { who, state: shown });
    const isNews = state === 'requested_changes';
    return [isNews ? { line, template: w.merge.changesRequested, parts: { reviewer: who } } : { line }];
  });
};

const isAskedAgain = (reviewer: unknown): boolean => at(reviewer, 're_requested') === true;

const reviewerChanges = (reviewers: unknown, context: Context): readonly ChangeNews[] => {
  const previous = list(before(reviewers));
  const current = list(after(reviewers));
  const asked = without(current, previous);
  const again = without(current, asked).filter(isAskedAgain);
  return [
    ...change('asked', asked, context),
    ...change('askedAgain', again, context),
    ...change('askedNoMore', without(previous, current), context),
    ...reviewStates(previous, current, context).slice(0, 5),
  ];
};

const isOnlyTheActor = (users: readonly unknown[], actor: string): boolean =>
  users.length === 1 && actor !== '' && text(at(users[0], 'username')) === actor;

const assigneeChanges = (assignees: unknown, context: Context): readonly ChangeNews[] => {
  const previous = list(before(assignees));
  const current = list(after(assignees));
  const assigned = without(current, previous);
  const kind = isOnlyTheActor(assigned, context.actor) ? 'assignedSelf' : 'assigned';
  return [...change(kind, assigned, context), ...change('unassigned', without(previous, current), context)];
};

/** @param real what really changed, of `changes` */
export const peopleChanges = (real: Fields, context: Context): readonly ChangeNews[] => [
  ...reviewerChanges(real.reviewers, context),
  ...assigneeChanges(real.assignees, context),
];
