import { clean, LIMITS } from '../clean.ts';
import { pick, project, projectUrl, quote, say, textField, told } from '../common.ts';
import type { Teller } from '../event.ts';
import { link } from '../message.ts';
import { at, firstText, text, whole } from '../read.ts';

export const milestone: Teller = {
  topic: 'milestone',
  tell: ({ payload }, context) => {
    const { words: w } = context;
    const item = at(payload, 'object_attributes');
    const iid = whole(at(item, 'iid'));
    const base = projectUrl(payload);
    const address = iid === undefined || base === '' ? '' : `${base}/-/milestones/${iid}`;
    const parts = {
      milestone: link(clean(text(at(item, 'title')), LIMITS.title) || '?', address),
      project: project(payload, context),
    };
    const action = firstText(payload.action, at(item, 'action'));
    const message = say(pick(w.milestone, action) ?? w.milestone.update, parts, {
      tone: action === 'close' ? 'good' : 'news',
      details: action === 'create' ? quote(at(item, 'description')) : [],
      fields: textField(w.fields.due, at(item, 'due_date'), LIMITS.status),
    });
    return told(message);
  },
};
