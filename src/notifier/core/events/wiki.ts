import { clean, LIMITS } from '../clean.ts';
import { described, pick, project, say, someone, unknownAction } from '../common.ts';
import type { Describer } from '../event.ts';
import { link } from '../message.ts';
import { quote } from '../quote.ts';
import { at, firstText, text } from '../read.ts';

export const wiki: Describer = {
  topic: 'wiki_page',
  describe: ({ payload }, context) => {
    const { words: w } = context;
    const page = at(payload, 'object_attributes');
    const action = text(at(page, 'action'));
    const title = clean(firstText(at(page, 'title'), at(page, 'slug')), LIMITS.title) || '?';
    const parts = {
      who: someone(payload.user, context),
      // What is deleted has no page any more.
      page: link(title, action === 'delete' ? '' : text(at(page, 'url'))),
      action: unknownAction(action, context),
      project: project(payload, context),
    };
    const template = pick(w.wiki, action) ?? w.wikiOther;
    return described(say(template, parts, { tone: 'news', details: quote(at(page, 'message')) }));
  },
};
