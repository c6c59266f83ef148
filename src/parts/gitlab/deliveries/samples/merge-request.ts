import type { Payload, Sample, SampleContext } from '../../../../contracts/played-forge.ts';
import {
  anHourAgo,
  branchOf,
  commitOf,
  idOf,
  iidOf,
  isoTime,
  labelOf,
  projectOf,
  repositoryOf,
  userOf,
  webUrl,
} from './parts.ts';

/** The merge request itself; comments on it carry the same one. */
export const mergeRequestOf = (context: SampleContext) => ({
  id: idOf(context, 'merge request'),
  iid: iidOf(context, 'merge request'),
  title: `Ring once (${context.word})`,
  description: 'The second bell is gone.',
  state: 'opened',
  state_id: 1,
  source_branch: branchOf(context),
  target_branch: 'main',
  source_project_id: projectOf(context).id,
  target_project_id: projectOf(context).id,
  source: projectOf(context),
  target: projectOf(context),
  author_id: userOf(context).id,
  assignee_id: userOf(context).id,
  assignee_ids: [userOf(context).id],
  reviewer_ids: [],
  created_at: anHourAgo(context),
  updated_at: isoTime(context),
  prepared_at: anHourAgo(context),
  merge_status: 'can_be_merged',
  detailed_merge_status: 'mergeable',
  merge_error: null,
  merge_params: { force_remove_source_branch: '1' },
  merge_user_id: null,
  merge_commit_sha: null,
  squash_commit_sha: null,
  merge_when_pipeline_succeeds: false,
  merged_at: null,
  milestone_id: null,
  draft: false,
  work_in_progress: false,
  first_contribution: false,
  blocking_discussions_resolved: true,
  head_pipeline_id: null,
  last_commit: commitOf(context, `Ring once (${context.word})`),
  labels: [labelOf(context, 'bug')],
  position: 0,
  approval_rules: [],
  time_estimate: 0,
  total_time_spent: 0,
  time_change: 0,
  human_time_estimate: null,
  human_total_time_spent: null,
  human_time_change: null,
  last_edited_at: null,
  last_edited_by_id: null,
  updated_by_id: null,
  url: `${webUrl(context)}/-/merge_requests/${iidOf(context, 'merge request')}`,
});

const payload = (context: SampleContext, own: Payload, changes: Payload): Payload => ({
  object_kind: 'merge_request',
  event_type: 'merge_request',
  user: userOf(context),
  project: projectOf(context),
  repository: repositoryOf(context),
  object_attributes: { ...mergeRequestOf(context), system: false, actioned_at: isoTime(context), ...own },
  labels: [labelOf(context, 'bug')],
  changes,
  assignees: [userOf(context)],
  reviewers: [],
});

export const mergeRequestSamples: readonly Sample[] = [
  {
    name: 'merge-request',
    about: 'a merge request is opened',
    header: 'Merge Request Hook',
    build: (context) =>
      payload(context, { action: 'open' }, { merge_status: { previous: 'preparing', current: 'unchecked' } }),
  },
  {
    name: 'merge-request-draft',
    about: 'a draft is opened',
    header: 'Merge Request Hook',
    build: (context) => {
      const title = `Draft: ${mergeRequestOf(context).title}`;
      return payload(context, { action: 'open', title, draft: true, work_in_progress: true }, {});
    },
  },
  {
    name: 'merge-request-updated',
    about: 'title and labels of a merge request change',
    header: 'Merge Request Hook',
    build: (context) =>
      payload(
        context,
        { action: 'update' },
        {
          title: { previous: 'Ring less', current: mergeRequestOf(context).title },
          labels: { previous: [], current: [labelOf(context, 'bug')] },
          updated_at: { previous: anHourAgo(context), current: isoTime(context) },
        },
      ),
  },
  {
    name: 'merge-request-approved',
    about: 'a merge request is approved',
    header: 'Merge Request Hook',
    build: (context) => payload(context, { action: 'approved' }, {}),
  },
  {
    name: 'merge-request-merged',
    about: 'a merge request is merged',
    header: 'Merge Request Hook',
    build: (context) =>
      payload(
        context,
        {
          action: 'merge',
          state: 'merged',
          state_id: 3,
          merged_at: isoTime(context),
          merge_user_id: userOf(context).id,
          merge_commit_sha: commitOf(context, 'merge').id,
        },
        { state_id: { previous: 1, current: 3 } },
      ),
  },
  {
    name: 'merge-request-closed',
    about: 'a merge request is closed without being merged',
    header: 'Merge Request Hook',
    build: (context) =>
      payload(context, { action: 'close', state: 'closed', state_id: 2 }, { state_id: { previous: 1, current: 2 } }),
  },
];
