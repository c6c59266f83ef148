import { clean, LIMITS } from '../clean.ts';
import { day, described, field, pick, project, projectUrl, say, unknownAction } from '../common.ts';
import type { Describer } from '../event.ts';
import { link, outside, type Tone } from '../message.ts';
import { quote } from '../quote.ts';
import { at, firstText, text, whole } from '../read.ts';

const TONES: Readonly<Record<string, Tone>> = { close: 'good', delete: 'warning' };

export const milestone: Describer = {
  topic: 'milestone',
  describe: ({ payload }, context) => {
    const { words: w } = context;
    const item = at(payload, 'object_attributes');
    const iid = whole(at(item, 'iid'));
    const base = projectUrl(payload);
    const action = firstText(payload.action, at(item, 'action'));
    // What is deleted has no page any more.
    const isThere = action !== 'delete' && iid !== undefined && base !== '';
    const address = isThere ? `${base}/-/milestones/${iid}` : '';
    const due = day(at(item, 'due_date'), w);
    const parts = {
      milestone: link(clean(text(at(item, 'title')), LIMITS.title) || '?', address),
      project: project(payload, context),
      action: unknownAction(action, context),
    };
    const message = say(pick(w.milestone, action) ?? w.milestoneOther, parts, {
      tone: pick(TONES, action) ?? 'news',
      details: action === 'create' ? quote(at(item, 'description')) : [],
      fields: action === 'delete' || due === '' ? [] : field(w.fields.due, [outside(due)]),
    });
    return described(message);
  },
};
