import { clean, LIMITS } from '../clean.ts';
import { pick, project, quote, say, someone, told } from '../common.ts';
import type { Teller } from '../event.ts';
import { link } from '../message.ts';
import { at, firstText, text } from '../read.ts';

export const wiki: Teller = {
  topic: 'wiki_page',
  tell: ({ payload }, context) => {
    const { words: w } = context;
    const page = at(payload, 'object_attributes');
    const title = clean(firstText(at(page, 'title'), at(page, 'slug')), LIMITS.title) || '?';
    const parts = {
      who: someone(payload.user, context),
      page: link(title, text(at(page, 'url'))),
      project: project(payload, context),
    };
    const template = pick(w.wiki, text(at(page, 'action'))) ?? w.wiki.update;
    return told(say(template, parts, { tone: 'news', details: quote(at(page, 'message')) }));
  },
};
