import { clean, LIMITS } from '../clean.ts';
import { pick, project, quote, say, told } from '../common.ts';
import type { Teller } from '../event.ts';
import { link } from '../message.ts';
import { firstText, text } from '../read.ts';

export const release: Teller = {
  topic: 'release',
  tell: ({ payload }, context) => {
    const { words: w } = context;
    const action = text(payload.action);
    const parts = {
      release: link(clean(firstText(payload.name, payload.tag), LIMITS.title) || '?', text(payload.url)),
      project: project(payload, context),
    };
    const details = action === 'delete' ? [] : quote(payload.description);
    return told(say(pick(w.release, action) ?? w.release.update, parts, { tone: 'news', details }));
  },
};
