/** How a hook looks in answers: never its token; lists leave out variables and headers (gl:lib/api/entities/hook.rb). */
import type { Hook } from '../model.ts';
import { isoTime, isoTimeOrNull } from '../state.ts';
import type { World } from '../world.ts';
import { alertStatus } from './auto-disable.ts';
import type { HookEvent } from './triggers.ts';

const flag = (hook: Hook, event: HookEvent) => hook.events[event] ?? false;

const hiddenValues = (hook: Hook) => ({
  url_variables: hook.urlVariables.map(({ key }) => ({ key })),
  custom_headers: hook.customHeaders.map(({ key }) => ({ key })),
});

const common = (world: World, hook: Hook, form: 'listed' | 'single') => ({
  id: hook.id,
  url: hook.url,
  ...((hook.owner.kind === 'system' ? world.features.systemHookNames : world.features.hookNames)
    ? { name: hook.name, description: hook.description }
    : {}),
  created_at: isoTime(hook.createdAt),
  push_events: flag(hook, 'push_events'),
  tag_push_events: flag(hook, 'tag_push_events'),
  merge_requests_events: flag(hook, 'merge_requests_events'),
  repository_update_events: flag(hook, 'repository_update_events'),
  enable_ssl_verification: hook.enableSslVerification,
  alert_status: alertStatus(hook, world.time.now()),
  disabled_until: isoTimeOrNull(hook.disabledUntil),
  ...(form === 'single' ? hiddenValues(hook) : {}),
  push_events_branch_filter: hook.pushEventsBranchFilter,
  branch_filter_strategy: hook.branchFilterStrategy,
  custom_webhook_template: hook.customWebhookTemplate,
});

const tokensPresent = (world: World, hook: Hook) =>
  world.features.tokenPresent
    ? { token_present: hook.token !== null, signing_token_present: hook.signingToken !== null }
    : {};

export const projectHookEntity = (world: World, hook: Hook, form: 'listed' | 'single') => ({
  ...common(world, hook, form),
  ...(hook.owner.kind === 'project' ? { project_id: hook.owner.id } : {}),
  issues_events: flag(hook, 'issues_events'),
  confidential_issues_events: flag(hook, 'confidential_issues_events'),
  note_events: flag(hook, 'note_events'),
  confidential_note_events: hook.events.confidential_note_events ?? null,
  pipeline_events: flag(hook, 'pipeline_events'),
  wiki_page_events: flag(hook, 'wiki_page_events'),
  deployment_events: flag(hook, 'deployment_events'),
  feature_flag_events: flag(hook, 'feature_flag_events'),
  job_events: flag(hook, 'job_events'),
  releases_events: flag(hook, 'releases_events'),
  ...(world.features.milestoneEvents ? { milestone_events: flag(hook, 'milestone_events') } : {}),
  emoji_events: flag(hook, 'emoji_events'),
  resource_access_token_events: flag(hook, 'resource_access_token_events'),
  ...tokensPresent(world, hook),
});

export const groupHookEntity = (world: World, hook: Hook, form: 'listed' | 'single') => ({
  ...projectHookEntity(world, hook, form),
  ...(hook.owner.kind === 'group' ? { group_id: hook.owner.id } : {}),
  subgroup_events: flag(hook, 'subgroup_events'),
  member_events: flag(hook, 'member_events'),
  project_events: flag(hook, 'project_events'),
});

/** System hooks show variables and headers in lists too. */
export const systemHookEntity = (world: World, hook: Hook) => ({
  ...common(world, hook, 'single'),
  ...(world.features.tokenPresent ? { organization_id: 1, ...tokensPresent(world, hook) } : {}),
});
