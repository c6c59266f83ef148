import { clean, LIMITS } from '../clean.ts';
import {
  commitLine,
  counted,
  described,
  person,
  project,
  projectUrl,
  refLink,
  refPiece,
  say,
  shortRef,
  shortSha,
} from '../common.ts';
import type { Context, Describer } from '../event.ts';
import { fill } from '../fill.ts';
import { type Line, link, type Piece, words } from '../message.ts';
import { at, type Fields, firstText, list, text, whole } from '../read.ts';

/** Commits shown; GitLab sends 20 at most, the latest last, and the true number beside. */
const SHOWN = 5;

const isNothing = (sha: unknown): boolean => /^0{40,64}$/.test(text(sha));

const isSha = (sha: unknown): boolean => /^[0-9a-f]{40,64}$/.test(text(sha)) && !isNothing(sha);

const totalOf = (payload: Fields): number =>
  Math.max(whole(at(payload, 'total_commits_count')) ?? 0, list(at(payload, 'commits')).length);

/** `3 commits`, with a link to what they changed. */
const commitCount = (payload: Fields, total: number, { words: w }: Context): Piece => {
  const { before, after } = payload;
  const base = projectUrl(payload);
  const comparable = base !== '' && isSha(before) && isSha(after);
  const address = comparable ? `${base}/-/compare/${text(before)}...${text(after)}` : '';
  return link(counted(total, w.commits, w), address);
};

const same = (one: unknown, other: unknown): boolean =>
  text(one).trim().toLowerCase() === text(other).trim().toLowerCase();

/** Whose commit it is, where another pushed it. Names are all there is: addresses may be redacted. */
const authorPart = (payload: Fields, commit: unknown, { words: w }: Context): Line => {
  const name = at(commit, 'author', 'name');
  const pushers = [payload.user_name, payload.user_username];
  const address = at(commit, 'author', 'email');
  const isPusher =
    pushers.some((one) => same(name, one)) || (text(address) !== '' && same(address, payload.user_email));
  const shown = clean(text(name), LIMITS.name);
  return shown === '' || isPusher ? [] : fill(w.byAuthor, { who: shown });
};

const commitLines = (payload: Fields, total: number, context: Context): readonly Line[] => {
  const { words: w } = context;
  const commits = list(at(payload, 'commits'));
  const lines = commits
    .slice(-SHOWN)
    .map((commit): Line => [...commitLine(commit), ...authorPart(payload, commit, context)]);
  const rest = total - lines.length;
  return rest > 0 && lines.length > 0 ? [...lines, [words(counted(rest, w.more, w))]] : lines;
};

/** GitLab does not say "forced"; a branch that changed and yet gained no commit was moved back. */
const isMovedBack = (payload: Fields, header: string): boolean =>
  at(payload, 'forced') === true ||
  (header.trim().toLowerCase() !== 'system hook' &&
    isSha(payload.before) &&
    isSha(payload.after) &&
    at(payload, 'total_commits_count') === 0);

const afterLink = (payload: Fields): Piece => {
  const base = projectUrl(payload);
  return link(shortSha(payload.after) || '?', base === '' ? '' : `${base}/-/commit/${text(payload.after)}`);
};

const template = (payload: Fields, header: string, total: number, { words: w }: Context): string => {
  if (isNothing(payload.after)) return w.branchGone;
  if (isNothing(payload.before)) return total > 0 ? w.branchNewWith : w.branchNew;
  if (isMovedBack(payload, header)) return w.branchMoved;
  return total > 0 ? w.push : w.pushUncounted;
};

export const push: Describer = {
  topic: 'push',
  describe: ({ payload, header }, context) => {
    const total = totalOf(payload);
    const parts = {
      who: person(firstText(payload.user_name, payload.user_username), payload.user_username, context),
      ref: isNothing(payload.after) ? refPiece(payload.ref) : refLink(payload, payload.ref, 'tree'),
      project: project(payload, context),
      commits: commitCount(payload, total, context),
      commit: afterLink(payload),
    };
    const details = isNothing(payload.after) ? [] : commitLines(payload, total, context);
    const tone = isMovedBack(payload, header) ? 'warning' : 'news';
    return described(say(template(payload, header, total, context), parts, { tone, details }), {
      branch: shortRef(payload.ref),
    });
  },
};
