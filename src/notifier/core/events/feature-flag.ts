import { clean, LIMITS } from '../clean.ts';
import { described, project, say, someone } from '../common.ts';
import type { Describer } from '../event.ts';
import { code } from '../message.ts';
import { quote } from '../quote.ts';
import { at, text } from '../read.ts';

export const featureFlag: Describer = {
  topic: 'feature_flag',
  describe: ({ payload }, context) => {
    const { words: w } = context;
    const flag = at(payload, 'object_attributes');
    const isOn = at(flag, 'active') === true;
    const parts = {
      who: someone(payload.user, context),
      flag: code(clean(text(at(flag, 'name')), LIMITS.name) || '?'),
      project: project(payload, context),
    };
    return described(
      say(isOn ? w.flagOn : w.flagOff, parts, {
        tone: isOn ? 'good' : 'warning',
        details: quote(at(flag, 'description')),
      }),
    );
  },
};
