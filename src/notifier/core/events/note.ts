import { clean, LIMITS } from '../clean.ts';
import { described, field, project, say, someone, unknownAction } from '../common.ts';
import type { Context, Describer } from '../event.ts';
import { code, type Field, link, words } from '../message.ts';
import { quote } from '../quote.ts';
import { at, type Fields, firstText, text, whole } from '../read.ts';
import type { Texts } from '../wording/index.ts';
import { isConfidential } from './confidential.ts';
import { isPrivateSnippet, type Target, targetOf } from './targets.ts';

/** Below 16.11 GitLab reported new comments only, and named no action. */
const isNew = (action: string): boolean => action === '' || action === 'create';

const templateOf = (action: string, target: Target | undefined, hidden: boolean, { note }: Texts): string => {
  if (!isNew(action) && action !== 'update') return target === undefined ? note.otherNowhere : note.other;
  if (hidden) {
    if (target === undefined) return note.hiddenNowhere;
    return isNew(action) ? note.hidden : note.hiddenEdited;
  }
  if (target === undefined) return isNew(action) ? note.nowhere : note.editedNowhere;
  return isNew(action) ? note.create : note.update;
};

/** Where in a diff: `src/a.ts:12`; the line of the new file, else of the old one. Designs have a place of another kind. */
const fileField = (note: unknown, { fields }: Texts): readonly Field[] => {
  const position = at(note, 'position');
  if (text(at(position, 'position_type')) === 'image') return [];
  const path = firstText(at(position, 'new_path'), at(position, 'old_path'), at(note, 'st_diff', 'new_path'));
  const shown = clean(path, LIMITS.path);
  const line = whole(at(position, 'new_line')) ?? whole(at(position, 'old_line'));
  return shown === '' ? [] : field(fields.file, [code(line === undefined ? shown : `${shown}:${line}`)]);
};

const partsOf = (payload: Fields, target: Target | undefined, url: string, action: string, context: Context) => ({
  who: someone(payload.user, context),
  project: project(payload, context),
  action: unknownAction(action, context),
  noun: target === undefined ? [] : words(context.words.nouns[target.noun]),
  target: target?.piece ?? link(context.words.note.comment, url),
});

export const note: Describer = {
  topic: 'note',
  describe: (event, context) => {
    const { payload } = event;
    const { words: w } = context;
    const item = at(payload, 'object_attributes');
    const hidden = isConfidential(event);
    const url = text(at(item, 'url'));
    const target = targetOf(text(at(item, 'noteable_type')), {
      payload,
      url,
      hidden,
      position: at(item, 'position') ?? at(item, 'original_position'),
      noteId: whole(at(item, 'id')),
    });
    const action = text(at(item, 'action'));
    const isSecret = hidden || isPrivateSnippet(payload);
    return described(
      say(templateOf(action, target, hidden, w), partsOf(payload, target, url, action, context), {
        details: isSecret ? [] : quote(at(item, 'note')),
        fields: isSecret ? [] : fileField(item, w),
      }),
    );
  },
};
