import { clean, LIMITS } from '../clean.ts';
import { project, projectPath, say, told } from '../common.ts';
import type { Context, Teller } from '../event.ts';
import type { Piece } from '../message.ts';
import { at, type Fields, firstText, text } from '../read.ts';
import type { Words } from '../wording/index.ts';

/** Of a group's token the payload has `group` in place of `project`. */
const placeOf = (payload: Fields, context: Context): Piece => {
  if (projectPath(payload) !== '') return project(payload, context);
  const path = clean(
    firstText(
      at(payload, 'group', 'full_path'),
      at(payload, 'group', 'group_path'),
      at(payload, 'group', 'group_name'),
    ),
    LIMITS.path,
  );
  return { kind: 'text', text: path || '?' };
};

const expiring = (template: (words: Words) => string): Teller => ({
  topic: 'token',
  tell: ({ payload }, context) => {
    const { words: w } = context;
    const token = at(payload, 'object_attributes');
    const parts = {
      name: { kind: 'code', text: clean(text(at(token, 'name')), LIMITS.name) || '?' } as const,
      place: placeOf(payload, context),
      date: clean(text(at(token, 'expires_at')).slice(0, 10), LIMITS.status) || w.soon,
    };
    return told(say(template(w), parts, { tone: 'warning' }));
  },
});

export const accessToken = expiring((w) => w.accessToken);
export const deployToken = expiring((w) => w.deployToken);
