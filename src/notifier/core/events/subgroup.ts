import { clean, LIMITS } from '../clean.ts';
import { say, textField, told } from '../common.ts';
import type { Teller } from '../event.ts';
import { firstText } from '../read.ts';
import type { Words } from '../wording/index.ts';

export const subgroup = (happening: keyof Words['subgroup']): Teller => ({
  topic: 'subgroup',
  tell: ({ payload }, { words: w }) => {
    const name = clean(firstText(payload.full_path, payload.path, payload.name), LIMITS.path) || '?';
    const fields = textField(w.fields.before, firstText(payload.old_full_path, payload.old_path), LIMITS.path);
    const tone = happening === 'destroy' ? 'warning' : 'news';
    return told(say(w.subgroup[happening], { name }, { tone, fields }));
  },
});
