import { LIMITS } from '../clean.ts';
import { person, say, textField, told } from '../common.ts';
import type { Teller } from '../event.ts';
import { firstText } from '../read.ts';
import type { Words } from '../wording/index.ts';

/** Accounts of the instance, by system hooks. Their e-mail addresses and keys are not shown. */
export const user = (happening: keyof Words['user']): Teller => ({
  topic: 'user',
  tell: ({ payload }, context) => {
    const { words: w } = context;
    const who = person(firstText(payload.username, payload.name), firstText(payload.username), context);
    const isBad = happening === 'failedLogin' || happening === 'destroy';
    const fields = [
      ...textField(w.fields.state, payload.state, LIMITS.name),
      ...textField(w.fields.before, payload.old_username, LIMITS.name),
    ];
    return told(say(w.user[happening], { who }, { tone: isBad ? 'warning' : 'plain', fields }));
  },
});
