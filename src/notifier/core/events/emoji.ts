import { clean, LIMITS } from '../clean.ts';
import { numbered, project, quote, say, shortSha, someone, told } from '../common.ts';
import type { Context, Teller } from '../event.ts';
import { code, type Line, link, words } from '../message.ts';
import { at, type Fields, record, text } from '../read.ts';
import { isConfidential } from './confidential.ts';

const has = (value: unknown): boolean => Object.keys(record(value)).length > 0;

const thing = (
  payload: Fields,
  url: string,
  hidden: boolean,
): { readonly noun: keyof Context['words']['emojiTargets']; readonly piece?: Line } => {
  const { issue, work_item, merge_request, commit } = payload;
  const item = issue ?? work_item;
  if (has(item)) return { noun: 'issue', piece: [numbered('#', item, url, hidden ? '' : at(item, 'title'))] };
  if (has(merge_request))
    return { noun: 'merge', piece: [numbered('!', merge_request, url, at(merge_request, 'title'))] };
  if (has(commit)) return { noun: 'commit', piece: [link(shortSha(at(commit, 'id')) || '?', url)] };
  return { noun: 'other' };
};

const targetOf = (payload: Fields, hidden: boolean, { words: w }: Context): Line => {
  const url = text(at(payload, 'object_attributes', 'awarded_on_url'));
  const { noun, piece } = thing(payload, url, hidden);
  const onNote = has(payload.note) ? [words(`${w.emojiTargets.note} `)] : [];
  return [...onNote, words(w.emojiTargets[noun]), ...(piece === undefined ? [] : [words(' '), ...piece])];
};

export const emoji: Teller = {
  topic: 'emoji',
  tell: (event, context) => {
    const { payload } = event;
    const { words: w } = context;
    const award = at(payload, 'object_attributes');
    const hidden = isConfidential(event);
    const isRevoked = at(payload, 'event_type') === 'revoke' || at(award, 'action') === 'revoke';
    const parts = {
      who: someone(payload.user, context),
      emoji: code(clean(text(at(award, 'name')), LIMITS.name) || '?'),
      target: targetOf(payload, hidden, context),
      project: project(payload, context),
    };
    const details = hidden ? [] : quote(at(payload, 'note', 'note'));
    return told(say(isRevoked ? w.emojiRevoke : w.emojiAward, parts, { details }));
  },
};
