import { LIMITS } from '../clean.ts';
import { described, knownField, person, say, textField } from '../common.ts';
import type { Describer } from '../event.ts';
import { firstText } from '../read.ts';
import type { Texts } from '../wording/index.ts';

/** Accounts of the instance, by system hooks. Their e-mail addresses and keys are not shown. */
export const user = (happening: keyof Texts['user']): Describer => ({
  topic: 'user',
  describe: ({ payload }, context) => {
    const { words: w } = context;
    const login = firstText(payload.username);
    const isOwnAct = happening === 'keyCreate' || happening === 'keyDestroy';
    const who = person(firstText(login, payload.name), login, { ...context, actor: isOwnAct ? login : '' });
    const isBad = happening === 'failedLogin' || happening === 'destroy';
    const fields = [
      ...knownField(w.fields.state, payload.state, w.states),
      ...textField(w.fields.before, payload.old_username, LIMITS.name),
    ];
    return described(say(w.user[happening], { who }, { tone: isBad ? 'warning' : 'plain', fields }));
  },
});
