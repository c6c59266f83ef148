import { clean, LIMITS } from '../clean.ts';
import { described, pick, project, say, unknownAction } from '../common.ts';
import type { Describer } from '../event.ts';
import { link } from '../message.ts';
import { quote } from '../quote.ts';
import { firstText, text } from '../read.ts';

export const release: Describer = {
  topic: 'release',
  describe: ({ payload }, context) => {
    const { words: w } = context;
    const action = text(payload.action);
    const parts = {
      // What is deleted has no page any more.
      release: link(
        clean(firstText(payload.name, payload.tag), LIMITS.title) || '?',
        action === 'delete' ? '' : text(payload.url),
      ),
      action: unknownAction(action, context),
      project: project(payload, context),
    };
    const details = action === 'delete' ? [] : quote(payload.description);
    return described(say(pick(w.release, action) ?? w.releaseOther, parts, { tone: 'news', details }));
  },
};
