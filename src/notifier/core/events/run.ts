/** What pipelines, jobs and deployments have in common: statuses, durations, who started them. */
import { clean, LIMITS } from '../clean.ts';
import { newsToAll, pick, someone } from '../common.ts';
import type { Context, Outcome } from '../event.ts';
import { type FilledIn, fill } from '../fill.ts';
import { code, type Line, type Tone, words } from '../message.ts';
import { amount, at, text } from '../read.ts';
import { span } from '../span.ts';

/** Where a run may end; `skipped` and `manual` end nothing, `canceling` and the rest are on the way. */
const OUTCOMES: Readonly<Record<string, Outcome>> = { success: 'succeeded', failed: 'failed', canceled: 'other' };

/** A status nobody knows is named rather than lost. */
const ON_THE_WAY = [
  'created',
  'waiting_for_resource',
  'waiting_for_callback',
  'preparing',
  'pending',
  'running',
  'canceling',
  'manual',
  'scheduled',
  'skipped',
  'blocked',
];

export const outcomeOf = (status: string): Outcome =>
  pick(OUTCOMES, status) ?? (ON_THE_WAY.includes(status) ? 'intermediate' : 'other');

export const toneOf = (status: string): Tone => {
  if (status === 'success') return 'good';
  if (status === 'failed') return 'bad';
  return status === 'canceled' ? 'warning' : 'plain';
};

export const statusPart = (status: string, { words: w }: Context): FilledIn => {
  const known = pick<string>(w.statuses, status);
  return known === undefined ? code(clean(status, LIMITS.status) || '?') : words(known);
};

export const timePart = (duration: unknown, { words: w }: Context): Line => {
  const seconds = amount(duration);
  return seconds === undefined || seconds === 0
    ? []
    : fill(w.time, { duration: { kind: 'words', text: span(seconds, w.day) } });
};

/** How a run ended is news to the one who started it; that it goes on is their own act. */
const audience = (status: string, context: Context): Context =>
  outcomeOf(status) === 'intermediate' ? context : newsToAll(context);

export const starterPart = (user: unknown, status: string, context: Context): FilledIn =>
  someone(user, audience(status, context));

export const byPart = (user: unknown, status: string, context: Context): Line =>
  text(at(user, 'name')) === '' && text(at(user, 'username')) === ''
    ? []
    : fill(context.words.startedBy, { who: starterPart(user, status, context) });

/** Which text: of a recovery, of a known status, or of any other. */
export const templateFor = (
  table: Readonly<Record<string, string>>,
  status: string,
  recovered: boolean,
  texts: { readonly recovered: string; readonly other: string },
): string => (recovered ? texts.recovered : (pick(table, status) ?? texts.other));
