/** What may be said of a runner, and when the record is refused (gl:app/models/ci/runner.rb). */
import { type Checked, checkParams, type ParamRules, type RawParams } from '../http/params.ts';
import type { Runner } from '../model.ts';

export const RUNNER_RULES = {
  description: { type: 'string' },
  maintenance_note: { type: 'string' },
  paused: { type: 'boolean' },
  active: { type: 'boolean' },
  locked: { type: 'boolean' },
  access_level: { type: 'string', values: ['not_protected', 'ref_protected'] },
  run_untagged: { type: 'boolean' },
  tag_list: { type: 'list' },
  maximum_timeout: { type: 'integer' },
} as const satisfies ParamRules;

const MIN_TIMEOUT = 600;
const MAX_TAGS = 50;
const MAX_TEXT = 1024;

export type RunnerFields = Pick<
  Runner,
  'description' | 'maintenanceNote' | 'paused' | 'locked' | 'accessLevel' | 'runUntagged' | 'tags' | 'maximumTimeout'
>;

export const NEW_RUNNER: RunnerFields = {
  description: null,
  maintenanceNote: null,
  paused: false,
  locked: false,
  accessLevel: 'not_protected',
  runUntagged: true,
  tags: [],
  maximumTimeout: null,
};

/** `old` with what the parameters change. @throws Refusal 400 for parameters of the wrong type */
export const runnerFields = (params: RawParams, old: RunnerFields): RunnerFields => {
  const given: Checked<typeof RUNNER_RULES> = checkParams(params, RUNNER_RULES);
  const paused = given.paused ?? (given.active === undefined ? undefined : !given.active);
  return {
    description: given.description ?? old.description,
    maintenanceNote: given.maintenance_note ?? old.maintenanceNote,
    paused: paused ?? old.paused,
    locked: given.locked ?? old.locked,
    accessLevel: (given.access_level as Runner['accessLevel'] | undefined) ?? old.accessLevel,
    runUntagged: given.run_untagged ?? old.runUntagged,
    tags: [...new Set(given.tag_list ?? old.tags)],
    maximumTimeout: given.maximum_timeout ?? old.maximumTimeout,
  };
};

/** Field → problems; empty when the record is fine. */
export const runnerProblems = (fields: RunnerFields): Readonly<Record<string, readonly string[]>> => ({
  ...(fields.maximumTimeout !== null && fields.maximumTimeout < MIN_TIMEOUT
    ? { maximum_timeout: ['needs to be at least 10 minutes'] }
    : {}),
  ...(!fields.runUntagged && fields.tags.length === 0
    ? { tags_list: ['can not be empty when runner is not allowed to pick untagged jobs'] }
    : {}),
  ...(fields.tags.length > MAX_TAGS
    ? { tags_list: [`Too many tags specified. Please limit the number of tags to ${MAX_TAGS}`] }
    : {}),
  ...((fields.description?.length ?? 0) > MAX_TEXT
    ? { description: [`is too long (maximum is ${MAX_TEXT} characters)`] }
    : {}),
  ...((fields.maintenanceNote?.length ?? 0) > MAX_TEXT
    ? { maintenance_note: [`is too long (maximum is ${MAX_TEXT} characters)`] }
    : {}),
});

/** `Maximum timeout needs to be at least 10 minutes`. */
export const asSentence = (problems: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries(problems)
    .flatMap(([field, texts]) =>
      texts.map((text) =>
        /^[A-Z]/.test(text) ? text : `${field[0]?.toUpperCase()}${field.slice(1).replace(/_/g, ' ')} ${text}`,
      ),
    )
    .join(' and ');
