/** A hook from the parameters of a call: what is declared for its kind and version, defaults, refusals. */

import { type Checked, checkParams, type ParamRules, type RawParams } from '../http/params.ts';
import { badParameter, unprocessable } from '../http/reply.ts';
import type { Call } from '../http/route.ts';
import type { Hook, KeyValue } from '../model.ts';
import type { World } from '../world.ts';
import { addressProblem } from './addresses.ts';
import { afterSuccess } from './auto-disable.ts';
import { branchFits, isBranchFilter } from './branch-filter.ts';
import { fullUrl } from './send.ts';
import type { HookEvent } from './triggers.ts';

type Kind = Hook['owner']['kind'];

const SYSTEM_EVENTS = [
  'push_events',
  'tag_push_events',
  'merge_requests_events',
  'repository_update_events',
] as const satisfies readonly HookEvent[];

const PROJECT_EVENTS = [
  'push_events',
  'issues_events',
  'confidential_issues_events',
  'merge_requests_events',
  'tag_push_events',
  'note_events',
  'confidential_note_events',
  'job_events',
  'pipeline_events',
  'wiki_page_events',
  'deployment_events',
  'feature_flag_events',
  'releases_events',
  'milestone_events',
  'emoji_events',
  'resource_access_token_events',
  'resource_deploy_token_events',
] as const satisfies readonly HookEvent[];

const GROUP_EVENTS = ['subgroup_events', 'member_events', 'project_events'] as const satisfies readonly HookEvent[];

export const eventsOf = (kind: Kind): readonly HookEvent[] => {
  if (kind === 'system') return SYSTEM_EVENTS;
  return kind === 'group' ? [...PROJECT_EVENTS, ...GROUP_EVENTS] : PROJECT_EVENTS;
};

const RULES = {
  url: { type: 'string' },
  name: { type: 'string' },
  description: { type: 'string' },
  token: { type: 'string' },
  signing_token: { type: 'string' },
  enable_ssl_verification: { type: 'boolean' },
  push_events_branch_filter: { type: 'string' },
  branch_filter_strategy: { type: 'string', values: ['wildcard', 'regex', 'all_branches'] },
  custom_webhook_template: { type: 'string' },
  custom_headers: { type: 'objects' },
  url_variables: { type: 'objects' },
} as const satisfies ParamRules;

/** Names of everything that may be sent for hooks of this kind. */
export const hookParamNames = (kind: Kind): readonly string[] => [...Object.keys(RULES), ...eventsOf(kind)];

const eventRules = (kind: Kind): ParamRules =>
  Object.fromEntries(eventsOf(kind).map((event) => [event, { type: 'boolean' as const }]));

const pairs = (list: readonly RawParams[] | undefined): readonly KeyValue[] | undefined =>
  list?.map(({ key, value }) => {
    if (typeof key !== 'string' || key === '') throw badParameter('custom_headers[key] is missing');
    return { key, value: String(value ?? '') };
  });

type Given = Checked<typeof RULES>;

const nameable = (world: World, kind: Kind) =>
  kind === 'system' ? world.features.systemHookNames : world.features.hookNames;

/** The fields a call changes; an unknown or too new parameter is dropped, as the API does. */
const changesOf = (world: World, kind: Kind, given: Given): Partial<Hook> => ({
  ...(given.url === undefined ? {} : { url: given.url }),
  ...(given.name === undefined || !nameable(world, kind) ? {} : { name: given.name }),
  ...(given.description === undefined || !nameable(world, kind) ? {} : { description: given.description }),
  ...(given.token === undefined ? {} : { token: given.token === '' ? null : given.token }),
  ...(given.signing_token === undefined || !world.features.signing ? {} : { signingToken: given.signing_token }),
  ...(given.enable_ssl_verification === undefined ? {} : { enableSslVerification: given.enable_ssl_verification }),
  ...(given.push_events_branch_filter === undefined ? {} : { pushEventsBranchFilter: given.push_events_branch_filter }),
  ...(given.branch_filter_strategy === undefined
    ? {}
    : { branchFilterStrategy: given.branch_filter_strategy as Hook['branchFilterStrategy'] }),
  ...(given.custom_webhook_template === undefined ? {} : { customWebhookTemplate: given.custom_webhook_template }),
  ...(given.custom_headers === undefined || !world.features.customHeaders
    ? {}
    : { customHeaders: pairs(given.custom_headers) ?? [] }),
  ...(given.url_variables === undefined ? {} : { urlVariables: pairs(given.url_variables) ?? [] }),
});

const eventChanges = (call: Call, kind: Kind): Hook['events'] => {
  const given = checkParams(call.params, eventRules(kind));
  const known = Object.entries(given).filter(
    ([event, value]) => value !== undefined && (event !== 'milestone_events' || call.world.features.milestoneEvents),
  );
  return Object.fromEntries(known) as Hook['events'];
};

const HEADER_NAME = /^[A-Za-z]([A-Za-z0-9._-]*[A-Za-z0-9])?$/;
const SIGNING_TOKEN = /^whsec_[A-Za-z0-9+/]{43}=$/;

/** @throws Refusal 422 with one sentence, which never says why an address was refused */
export const refuseInvalid = (
  world: World,
  lookup: Parameters<typeof addressProblem>[0]['lookup'],
  hook: Hook,
): void => {
  const problem = addressProblem({
    url: fullUrl(hook),
    settings: world.settingsOfWeb(),
    forSystemHook: hook.owner.kind === 'system',
    lookup,
  });
  if (problem !== undefined) throw unprocessable({ error: 'Invalid url given' });
  const filter = hook.pushEventsBranchFilter;
  if (filter !== null && filter !== '') {
    if (!isBranchFilter(hook.branchFilterStrategy, filter))
      throw unprocessable({ error: 'Invalid branch filter given' });
    branchFits(hook, '');
  }
  if (hook.customHeaders.some(({ key }) => !HEADER_NAME.test(key)))
    throw unprocessable({ error: 'Custom headers must be a valid json schema' });
  if (hook.signingToken !== null && !SIGNING_TOKEN.test(hook.signingToken))
    throw unprocessable({ error: 'Signing token must be "whsec_" and 32 bytes in base64' });
};

export const hookFromCall = (call: Call, owner: Hook['owner'], id: number): Hook => {
  const given = checkParams(call.params, { ...RULES, url: { type: 'string', required: true } });
  const { world } = call;
  const events: Hook['events'] = { push_events: true, ...eventChanges(call, owner.kind) };
  return {
    id,
    owner,
    url: '',
    name: null,
    description: null,
    token: null,
    signingToken: null,
    // A system hook hears of repository updates unless asked otherwise (UNVERIFIED default: off here, as in contracts).
    events,
    enableSslVerification: true,
    pushEventsBranchFilter: null,
    branchFilterStrategy: 'wildcard',
    customWebhookTemplate: null,
    customHeaders: [],
    urlVariables: [],
    createdAt: world.time.now(),
    recentFailures: 0,
    backoffCount: 0,
    disabledUntil: null,
    ...changesOf(world, owner.kind, given),
  };
};

/** A new URL drops the secrets that were meant for the old one, unless they are sent along. */
export const hookAfterCall = (call: Call, hook: Hook): Hook => {
  const { kind } = hook.owner;
  if (!hookParamNames(kind).some((name) => call.params[name] !== undefined))
    throw badParameter('No parameters provided');
  if (call.world.features.hookEditNeedsUrl) checkParams(call.params, { url: { type: 'string', required: true } });
  const given = checkParams(call.params, RULES);
  const moved = given.url !== undefined && given.url !== hook.url;
  const dropped = moved ? { token: null, signingToken: null, customHeaders: [], urlVariables: [] } : {};
  const events = { ...hook.events, ...eventChanges(call, kind) };
  // Saving a hook again takes it out of its rest.
  return { ...afterSuccess(hook), ...dropped, ...changesOf(call.world, kind, given), events };
};
