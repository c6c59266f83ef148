import { clean, LIMITS } from '../clean.ts';
import { described, project, say, someone } from '../common.ts';
import type { Context, Describer } from '../event.ts';
import { code, type Line, link, words } from '../message.ts';
import { quote } from '../quote.ts';
import { at, type Fields, record, text, whole } from '../read.ts';
import { isConfidential } from './confidential.ts';
import { isPrivateSnippet, targetOf } from './targets.ts';

const isOnNote = (payload: Fields): boolean =>
  Object.keys(record(payload.note)).length > 0 || at(payload, 'object_attributes', 'awardable_type') === 'Note';

/** What it is a reaction to, as it stands after "to". */
const targetLine = (payload: Fields, hidden: boolean, { words: w }: Context): Line => {
  const award = at(payload, 'object_attributes');
  const onNote = isOnNote(payload);
  const type = text(onNote ? at(payload, 'note', 'noteable_type') : at(award, 'awardable_type'));
  const found = targetOf(type, {
    payload,
    url: text(at(award, 'awarded_on_url')),
    hidden,
    position: at(payload, 'note', 'position'),
    // The award has an `id` too, which is nobody's place on a page.
    noteId: whole(at(payload, 'note', 'id')),
  });
  if (found === undefined)
    return [link(w.to(onNote ? w.note.comment : w.something), text(at(award, 'awarded_on_url')))];
  const noun = w.nouns[found.noun];
  return [words(`${w.to(onNote ? w.commentOn.replace('{noun}', noun) : noun)} `), found.piece];
};

export const emoji: Describer = {
  topic: 'emoji',
  describe: (event, context) => {
    const { payload } = event;
    const { words: w } = context;
    const award = at(payload, 'object_attributes');
    const hidden = isConfidential(event);
    const isRevoked = at(payload, 'event_type') === 'revoke' || at(award, 'action') === 'revoke';
    const parts = {
      who: someone(payload.user, context),
      emoji: code(clean(text(at(award, 'name')), LIMITS.name) || '?'),
      target: targetLine(payload, hidden, context),
      project: project(payload, context),
    };
    const details = hidden || isPrivateSnippet(payload) ? [] : quote(at(payload, 'note', 'note'));
    return described(say(isRevoked ? w.emojiRevoke : w.emojiAward, parts, { details }));
  },
};
