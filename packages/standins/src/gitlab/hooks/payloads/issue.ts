/** `issue`, `note` and `merge_request` events. */
import { webUrl } from '../../entities.ts';
import type { Project, User } from '../../model.ts';
import type { Issue, MergeRequest, Note } from '../../model-issues.ts';
import type { World } from '../../world.ts';
import { commitPart, projectPartLong, repositoryPart, userPart, utcTime } from './common.ts';

const shortRepository = (world: World, project: Project) => {
  const { name, url, description, homepage } = repositoryPart(world, project);
  return { name, url, description, homepage };
};

/** What the vendor's samples carry and this stand-in has nothing to say about. */
const TIME_TRACKING = {
  time_estimate: 0,
  total_time_spent: 0,
  time_change: 0,
  human_total_time_spent: null,
  human_time_estimate: null,
  human_time_change: null,
} as const;
const EDITED = { updated_by_id: null, last_edited_at: null, last_edited_by_id: null, milestone_id: null } as const;
const UNSET_ISSUE = {
  ...TIME_TRACKING,
  ...EDITED,
  relative_position: 0,
  discussion_locked: null,
  due_date: null,
  start_date: null,
  moved_to_id: null,
  duplicated_to_id: null,
  escalation_status: null,
  escalation_policy: null,
} as const;
const UNSET_MERGE_REQUEST = {
  ...TIME_TRACKING,
  ...EDITED,
  head_pipeline_id: null,
  merge_commit_sha: null,
  merged_at: null,
  merge_error: null,
  merge_params: { force_remove_source_branch: '0' },
  merge_user_id: null,
  merge_when_pipeline_succeeds: false,
  squash_commit_sha: null,
  blocking_discussions_resolved: true,
  first_contribution: false,
  system: false,
  approval_rules: [],
} as const;
/** Numbers of states: opened 1, closed 2, merged 3. */
const STATE_ID = { opened: 1, closed: 2, merged: 3 } as const;

export const issueUrl = (world: World, project: Project, iid: number) => `${webUrl(world, project)}/-/issues/${iid}`;
export const mergeRequestUrl = (world: World, project: Project, iid: number) =>
  `${webUrl(world, project)}/-/merge_requests/${iid}`;

const issuePart = (world: World, project: Project, issue: Issue) => ({
  ...UNSET_ISSUE,
  id: issue.id,
  iid: issue.iid,
  title: issue.title,
  description: issue.description,
  author_id: issue.authorId,
  assignee_ids: [],
  assignee_id: null,
  confidential: issue.confidential,
  created_at: utcTime(issue.createdAt),
  updated_at: utcTime(issue.updatedAt),
  labels: issue.labels.map((title, index) => ({ id: index + 1, title, color: '#428bca', type: 'ProjectLabel' })),
  project_id: project.id,
  state: issue.state,
  state_id: STATE_ID[issue.state],
  severity: 'unknown',
  type: 'Issue',
  url: issueUrl(world, project, issue.iid),
});

export const issuePayload = (world: World, project: Project, user: User, issue: Issue, action: string) => ({
  object_kind: 'issue',
  event_type: issue.confidential ? 'confidential_issue' : 'issue',
  user: userPart(user),
  project: projectPartLong(world, project),
  object_attributes: { ...issuePart(world, project, issue), action },
  labels: [],
  changes: {},
  repository: shortRepository(world, project),
});

const mergeRequestPart = (world: World, project: Project, mr: MergeRequest) => {
  const last = world.repositories.resolve(project, mr.sourceBranch);
  return {
    ...UNSET_MERGE_REQUEST,
    id: mr.id,
    iid: mr.iid,
    title: mr.title,
    description: mr.description,
    author_id: mr.authorId,
    assignee_ids: [],
    reviewer_ids: [],
    source_branch: mr.sourceBranch,
    source_project_id: project.id,
    target_branch: mr.targetBranch,
    target_project_id: project.id,
    created_at: utcTime(mr.createdAt),
    updated_at: utcTime(mr.updatedAt),
    state: mr.state,
    state_id: STATE_ID[mr.state],
    prepared_at: utcTime(mr.createdAt),
    draft: false,
    merge_status: 'can_be_merged',
    detailed_merge_status: 'mergeable',
    source: projectPartLong(world, project),
    target: projectPartLong(world, project),
    last_commit: last === undefined ? null : commitPart(world, project, last),
    url: mergeRequestUrl(world, project, mr.iid),
  };
};

export const mergeRequestPayload = (world: World, project: Project, user: User, mr: MergeRequest, action: string) => ({
  object_kind: 'merge_request',
  event_type: 'merge_request',
  user: userPart(user),
  project: projectPartLong(world, project),
  repository: shortRepository(world, project),
  object_attributes: { ...mergeRequestPart(world, project, mr), action, actioned_at: utcTime(mr.updatedAt) },
  labels: [],
  changes: {},
  assignees: [],
  reviewers: [],
});

export const notePayload = (world: World, project: Project, user: User, note: Note) => {
  const issue = note.on.kind === 'issue' ? world.state.issues.get(String(note.on.id)) : undefined;
  const mr = note.on.kind === 'merge_request' ? world.state.mergeRequests.get(String(note.on.id)) : undefined;
  const base =
    issue !== undefined ? issueUrl(world, project, issue.iid) : mergeRequestUrl(world, project, mr?.iid ?? 0);
  return {
    object_kind: 'note',
    event_type: issue?.confidential === true ? 'confidential_note' : 'note',
    user: userPart(user),
    project_id: project.id,
    project: projectPartLong(world, project),
    repository: shortRepository(world, project),
    object_attributes: {
      id: note.id,
      note: note.body,
      noteable_type: note.on.kind === 'issue' ? 'Issue' : 'MergeRequest',
      author_id: note.authorId,
      created_at: utcTime(note.createdAt),
      updated_at: utcTime(note.createdAt),
      project_id: project.id,
      noteable_id: note.on.id,
      system: false,
      attachment: null,
      line_code: null,
      commit_id: '',
      st_diff: null,
      internal: false,
      action: 'create',
      url: `${base}#note_${note.id}`,
    },
    ...(issue === undefined ? {} : { issue: issuePart(world, project, issue) }),
    ...(mr === undefined ? {} : { merge_request: mergeRequestPart(world, project, mr) }),
  };
};
