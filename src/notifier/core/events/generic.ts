import { clean, LIMITS } from '../clean.ts';
import { project, projectPath, say, told } from '../common.ts';
import type { Teller } from '../event.ts';
import { nameOf } from '../kind-of.ts';
import { code } from '../message.ts';

/** For kinds that nobody has told us of yet, such as those of GitLab's next version. */
export const generic: Teller = {
  topic: 'other',
  tell: (event, context) => {
    const { words: w } = context;
    const name = clean(nameOf(event), LIMITS.status);
    const kind = name === '' ? w.unknown : code(name);
    return projectPath(event.payload) === ''
      ? told(say(w.genericNowhere, { kind }))
      : told(say(w.generic, { kind, project: project(event.payload, context) }));
  },
};
