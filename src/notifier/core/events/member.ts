import { clean, LIMITS } from '../clean.ts';
import {
  day,
  described,
  field,
  knownField,
  person,
  pick,
  project,
  projectPath,
  say,
  unknownAction,
} from '../common.ts';
import type { Context, Describer } from '../event.ts';
import { type Field, type Line, outside, type Tone, words } from '../message.ts';
import { at, type Fields, firstText, list, text } from '../read.ts';
import type { Texts } from '../wording/index.ts';

const fieldsOf = (payload: Fields, { words: w }: Context): readonly Field[] => {
  const until = day(payload.expires_at, w);
  return [
    ...knownField(w.fields.access, firstText(payload.group_access, payload.access_level), w.levels),
    ...(until === '' ? [] : field(w.fields.until, [outside(until)])),
  ];
};

const ENDS: readonly (keyof Texts['member'])[] = ['remove', 'denied', 'revoked'];

/**
 * Members of groups come with `group_…` keys, of projects with `project_…` and `access_level`. Only a request is an act
 * of the user in the payload: who added or removed somebody, GitLab does not say.
 */
export const member = (happening: keyof Texts['member']): Describer => ({
  topic: 'member',
  describe: ({ payload }, context) => {
    const actor = happening === 'request' ? text(payload.user_username) : '';
    const parts = {
      who: person(payload.user_name, payload.user_username, { ...context, actor }),
      place: projectPath(payload) === '' ? '?' : project(payload, context),
    };
    const isEnd = ENDS.includes(happening);
    const fields = isEnd ? [] : fieldsOf(payload, context);
    return described(say(context.words.member[happening], parts, { tone: isEnd ? 'warning' : 'news', fields }));
  },
});

/** doc/api/access_requests.md, "Valid access levels"; as system hooks name them. */
const LEVELS: Readonly<Record<string, keyof Texts['levels']>> = {
  5: 'minimal_access',
  10: 'guest',
  15: 'planner',
  20: 'reporter',
  30: 'developer',
  40: 'maintainer',
  50: 'owner',
};

const levelPart = (level: unknown, { words: w }: Context): Line => {
  const name = pick(LEVELS, text(level));
  return name === undefined ? [outside(clean(text(level), LIMITS.status) || '?')] : [words(w.levels[name])];
};

const APPROVAL_TONES: Readonly<Record<string, Tone>> = { enqueue: 'warning', approve: 'good', deny: 'warning' };

const couldNotApply = (payload: Fields): boolean =>
  list(at(payload, 'object_attributes', 'promotion_request_ids_that_failed_to_apply')).length > 0 ||
  !['', 'success'].includes(text(at(payload, 'object_attributes', 'status')));

/** Names its users by id only, which says nothing to a reader (doc/administration/system_hooks.md). */
export const memberApproval: Describer = {
  topic: 'member',
  describe: ({ payload }, context) => {
    const { words: w } = context;
    const action = text(payload.action);
    const item = at(payload, 'object_attributes');
    const template = action === 'approve' && couldNotApply(payload) ? w.approval.failed : pick(w.approval, action);
    const parts = {
      before: levelPart(at(item, 'old_access_level'), context),
      after: levelPart(at(item, 'new_access_level'), context),
      action: unknownAction(action, context),
    };
    return described(say(template ?? w.approval.other, parts, { tone: pick(APPROVAL_TONES, action) ?? 'plain' }));
  },
};
