/** Every kind of event (`object_kind`, else `event_name`) and who describes it; anything else gets a modest line. */

import { pick } from '../common.ts';
import type { Describer, GitLabEvent } from '../event.ts';
import { kindOf } from '../kind-of.ts';
import { deployment } from './deployment.ts';
import { emoji } from './emoji.ts';
import { featureFlag } from './feature-flag.ts';
import { generic } from './generic.ts';
import { issue } from './issue.ts';
import { job } from './job.ts';
import { member, memberApproval } from './member.ts';
import { mergeRequest } from './merge-request.ts';
import { milestone } from './milestone.ts';
import { note } from './note.ts';
import { pipeline } from './pipeline.ts';
import { projectEvent } from './project-event.ts';
import { push } from './push.ts';
import { release } from './release.ts';
import { repositoryUpdate } from './repository-update.ts';
import { subgroup } from './subgroup.ts';
import { tagPush } from './tag-push.ts';
import { accessToken, deployToken } from './token.ts';
import { user } from './user.ts';
import { vulnerability } from './vulnerability.ts';
import { wiki } from './wiki.ts';

export const DESCRIBERS: Readonly<Record<string, Describer>> = {
  push,
  tag_push: tagPush,
  repository_update: repositoryUpdate,
  issue,
  work_item: issue,
  note,
  merge_request: mergeRequest,
  pipeline,
  build: job,
  job,
  deployment,
  release,
  wiki_page: wiki,
  milestone,
  feature_flag: featureFlag,
  emoji,
  vulnerability,
  access_token: accessToken,
  expiring_access_token: accessToken,
  deploy_token: deployToken,
  expiring_deploy_token: deployToken,
  user_add_to_group: member('add'),
  user_update_for_group: member('update'),
  user_remove_from_group: member('remove'),
  user_access_request_to_group: member('request'),
  user_access_request_denied_for_group: member('denied'),
  user_access_request_revoked_for_group: member('revoked'),
  user_add_to_team: member('add'),
  user_update_for_team: member('update'),
  user_remove_from_team: member('remove'),
  user_access_request_to_project: member('request'),
  user_access_request_denied_for_project: member('denied'),
  user_access_request_revoked_for_project: member('revoked'),
  gitlab_subscription_member_approval: memberApproval,
  gitlab_subscription_member_approvals: memberApproval,
  subgroup_create: subgroup('create'),
  subgroup_destroy: subgroup('destroy'),
  group_create: subgroup('create'),
  group_destroy: subgroup('destroy'),
  group_rename: subgroup('rename'),
  project_create: projectEvent('create'),
  project_destroy: projectEvent('destroy'),
  project_rename: projectEvent('rename'),
  project_transfer: projectEvent('transfer'),
  project_update: projectEvent('update'),
  user_create: user('create'),
  user_destroy: user('destroy'),
  user_rename: user('rename'),
  user_failed_login: user('failedLogin'),
  key_create: user('keyCreate'),
  key_destroy: user('keyDestroy'),
};

export const describerOf = (event: GitLabEvent): Describer => pick(DESCRIBERS, kindOf(event)) ?? generic;
