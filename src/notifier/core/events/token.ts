import { clean, LIMITS } from '../clean.ts';
import { day, described, project, projectPath, say } from '../common.ts';
import type { Describer } from '../event.ts';
import { at, text } from '../read.ts';
import type { Texts } from '../wording/index.ts';

const expiring = (texts: (words: Texts) => { readonly on: string; readonly soon: string }): Describer => ({
  topic: 'token',
  describe: ({ payload }, context) => {
    const { words: w } = context;
    const token = at(payload, 'object_attributes');
    const date = day(at(token, 'expires_at'), w);
    const parts = {
      name: { kind: 'code', text: clean(text(at(token, 'name')), LIMITS.name) || '?' } as const,
      // Of a group's token the payload has `group` in place of `project`.
      place: projectPath(payload) === '' ? '?' : project(payload, context),
      date,
    };
    const { on, soon } = texts(w);
    return described(say(date === '' ? soon : on, parts, { tone: 'warning' }));
  },
});

export const accessToken = expiring((w) => ({ on: w.accessToken, soon: w.accessTokenSoon }));
export const deployToken = expiring((w) => ({ on: w.deployToken, soon: w.deployTokenSoon }));
