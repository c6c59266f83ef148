import { clean, LIMITS } from '../clean.ts';
import { day, project, projectPath, say, told } from '../common.ts';
import type { Teller } from '../event.ts';
import { at, text } from '../read.ts';
import type { Words } from '../wording/index.ts';

const expiring = (texts: (words: Words) => { readonly on: string; readonly soon: string }): Teller => ({
  topic: 'token',
  tell: ({ payload }, context) => {
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
    return told(say(date === '' ? soon : on, parts, { tone: 'warning' }));
  },
});

export const accessToken = expiring((w) => ({ on: w.accessToken, soon: w.accessTokenSoon }));
export const deployToken = expiring((w) => ({ on: w.deployToken, soon: w.deployTokenSoon }));
