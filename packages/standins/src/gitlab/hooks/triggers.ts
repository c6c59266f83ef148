/**
 * The events a hook may be sent and the name each bears in `X-Gitlab-Event`: the kind's name, titled
 * (gl:app/services/web_hook_service.rb). System hooks always say `System Hook`.
 */
export const EVENT_NAMES = {
  push_events: 'Push Hook',
  tag_push_events: 'Tag Push Hook',
  issues_events: 'Issue Hook',
  confidential_issues_events: 'Confidential Issue Hook',
  note_events: 'Note Hook',
  confidential_note_events: 'Confidential Note Hook',
  merge_requests_events: 'Merge Request Hook',
  job_events: 'Job Hook',
  pipeline_events: 'Pipeline Hook',
  wiki_page_events: 'Wiki Page Hook',
  deployment_events: 'Deployment Hook',
  feature_flag_events: 'Feature Flag Hook',
  releases_events: 'Release Hook',
  milestone_events: 'Milestone Hook',
  emoji_events: 'Emoji Hook',
  resource_access_token_events: 'Resource Access Token Hook',
  resource_deploy_token_events: 'Resource Deploy Token Hook',
  member_events: 'Member Hook',
  subgroup_events: 'Subgroup Hook',
  project_events: 'Project Hook',
  repository_update_events: 'System Hook',
} as const;

export type HookEvent = keyof typeof EVENT_NAMES;

/** What the test call of a project hook accepts (gl19:lib/api/hooks/trigger_test.rb). */
export const TEST_TRIGGERS = [
  'push_events',
  'tag_push_events',
  'issues_events',
  'confidential_issues_events',
  'note_events',
  'merge_requests_events',
  'job_events',
  'pipeline_events',
  'wiki_page_events',
  'releases_events',
  'milestone_events',
  'emoji_events',
  'resource_access_token_events',
  'resource_deploy_token_events',
] as const satisfies readonly HookEvent[];

export type TestTrigger = (typeof TEST_TRIGGERS)[number];
