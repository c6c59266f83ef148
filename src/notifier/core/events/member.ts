import { clean, LIMITS } from '../clean.ts';
import { person, say, textField, told } from '../common.ts';
import type { Context, Teller } from '../event.ts';
import type { Field } from '../message.ts';
import { type Fields, firstText, text } from '../read.ts';
import type { Words } from '../wording/index.ts';

const placeOf = (payload: Fields): string =>
  clean(
    firstText(payload.project_path_with_namespace, payload.group_path, payload.project_name, payload.group_name),
    LIMITS.path,
  );

const fieldsOf = (payload: Fields, { words: w }: Context): readonly Field[] => [
  ...textField(w.fields.access, firstText(payload.group_access, payload.access_level), LIMITS.name),
  ...textField(w.fields.until, text(payload.expires_at).slice(0, 10), LIMITS.status),
];

type Happening = Exclude<keyof Words['member'], 'approval'>;

/** Members of groups come with `group_…` keys, of projects with `project_…` and `access_level`. */
export const member = (happening: Happening): Teller => ({
  topic: 'member',
  tell: ({ payload }, context) => {
    const parts = {
      who: person(payload.user_name, payload.user_username, context),
      place: placeOf(payload) || '?',
    };
    const isLeaving = happening === 'remove' || happening === 'denied';
    const fields = isLeaving ? [] : fieldsOf(payload, context);
    return told(say(context.words.member[happening], parts, { tone: isLeaving ? 'warning' : 'news', fields }));
  },
});

/** Names numbers only (ids of users and groups), which tell a reader nothing. */
export const memberApproval: Teller = {
  topic: 'member',
  tell: (_event, { words: w }) => told(say(w.member.approval, {})),
};
