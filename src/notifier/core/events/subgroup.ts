import { clean, LIMITS } from '../clean.ts';
import { described, pageAt, say, textField } from '../common.ts';
import type { Describer } from '../event.ts';
import { link } from '../message.ts';
import { firstText, text } from '../read.ts';
import type { Texts } from '../wording/index.ts';

export const subgroup = (happening: keyof Texts['subgroup']): Describer => ({
  topic: 'subgroup',
  describe: ({ payload }, context) => {
    const { words: w } = context;
    const shown = clean(firstText(payload.full_path, payload.path, payload.name), LIMITS.path) || '?';
    // What is deleted has no page any more.
    const name = link(shown, happening === 'destroy' ? '' : pageAt(text(payload.full_path), context));
    const fields = textField(w.fields.before, firstText(payload.old_full_path, payload.old_path), LIMITS.path);
    const tone = happening === 'destroy' ? 'warning' : 'news';
    return described(say(w.subgroup[happening], { name }, { tone, fields }));
  },
});
