import { clean, LIMITS } from '../clean.ts';
import { described, person, project, projectPath, say } from '../common.ts';
import type { Context, Describer } from '../event.ts';
import { fill } from '../fill.ts';
import { nameOf } from '../kind-of.ts';
import { code, type Line, link, words } from '../message.ts';
import { at, type Fields, firstText, whole } from '../read.ts';
import { isConfidential } from './confidential.ts';

/** ` #4 Title`, with a link. */
const objectPart = (payload: Fields, hidden: boolean): Line => {
  const item = at(payload, 'object_attributes');
  const iid = whole(at(item, 'iid'));
  const name = hidden ? '' : clean(firstText(at(item, 'title'), at(item, 'name')), LIMITS.title);
  const shown = [iid === undefined ? '' : `#${iid}`, name].filter((part) => part !== '').join(' ');
  const url = firstText(at(item, 'url'), payload.url);
  return shown === '' ? [] : [words(' '), link(shown, url)];
};

/** `: action`, by whatever name GitLab has for it. */
const actionPart = (payload: Fields): Line => {
  const item = at(payload, 'object_attributes');
  const named = firstText(payload.action, at(item, 'action'), payload.status, at(item, 'status'), at(item, 'state'));
  const action = clean(named, LIMITS.status);
  return action === '' ? [] : [words(', '), code(action)];
};

const byPart = (payload: Fields, context: Context): Line => {
  const name = firstText(at(payload, 'user', 'name'), payload.user_name);
  const login = firstText(at(payload, 'user', 'username'), payload.user_username);
  return name === '' && login === '' ? [] : fill(context.words.byAuthor, { who: person(name, login, context) });
};

/** For kinds that we do not know yet, such as those of GitLab's next version: all that can be read of them. */
export const generic: Describer = {
  topic: 'other',
  describe: (event, context) => {
    const { payload } = event;
    const { words: w } = context;
    const name = clean(nameOf(event), LIMITS.status);
    // A request without a kind and without content is no event.
    if (name === '' && Object.keys(payload).length === 0) return undefined;
    const parts = {
      kind: name === '' ? words(w.unknown) : code(name),
      object: objectPart(payload, isConfidential(event)),
      action: actionPart(payload),
      by: byPart(payload, context),
      project: project(payload, context),
    };
    return described(say(projectPath(payload) === '' ? w.genericNowhere : w.generic, parts));
  },
};
