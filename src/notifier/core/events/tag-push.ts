import { described, person, project, refLink, refPiece, say } from '../common.ts';
import type { Describer } from '../event.ts';
import { quote } from '../quote.ts';
import { text } from '../read.ts';

const isNothing = (sha: unknown): boolean => /^0{40,64}$/.test(text(sha));

export const tagPush: Describer = {
  topic: 'tag_push',
  describe: ({ payload }, context) => {
    const { words: w } = context;
    const gone = isNothing(payload.after);
    const template = gone ? w.tagGone : isNothing(payload.before) ? w.tagNew : w.tagMoved;
    const parts = {
      who: person(payload.user_name, payload.user_username, context),
      ref: gone ? refPiece(payload.ref) : refLink(payload, payload.ref, 'tags'),
      project: project(payload, context),
    };
    return described(say(template, parts, { tone: 'news', details: gone ? [] : quote(payload.message) }));
  },
};
