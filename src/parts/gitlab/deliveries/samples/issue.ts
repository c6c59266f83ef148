import type { Payload, Sample, SampleContext } from '../../../../contracts/played-forge.ts';
import { anHourAgo, idOf, iidOf, isoTime, labelOf, projectOf, repositoryOf, userOf, webUrl } from './parts.ts';

/** The issue itself; comments on it and reactions to it carry the same one. */
export const issueOf = (context: SampleContext) => ({
  id: idOf(context, 'issue'),
  iid: iidOf(context, 'issue'),
  title: `The bell rings twice (${context.word})`,
  description: 'It should ring once.\n\n- [ ] find out why\n- [ ] fix it',
  author_id: userOf(context).id,
  assignee_id: userOf(context).id,
  assignee_ids: [userOf(context).id],
  project_id: projectOf(context).id,
  created_at: anHourAgo(context),
  updated_at: isoTime(context),
  closed_at: null,
  confidential: false,
  discussion_locked: null,
  due_date: null,
  duplicated_to_id: null,
  milestone_id: null,
  moved_to_id: null,
  relative_position: null,
  severity: 'unknown',
  state: 'opened',
  state_id: 1,
  time_estimate: 0,
  total_time_spent: 0,
  time_change: 0,
  human_time_estimate: null,
  human_total_time_spent: null,
  human_time_change: null,
  last_edited_at: null,
  last_edited_by_id: null,
  updated_by_id: null,
  weight: null,
  health_status: null,
  labels: [labelOf(context, 'bug')],
  url: `${webUrl(context)}/-/issues/${iidOf(context, 'issue')}`,
});

const payload = (context: SampleContext, own: Payload, changes: Payload): Payload => ({
  object_kind: 'issue',
  event_type: own.confidential === true ? 'confidential_issue' : 'issue',
  user: userOf(context),
  project: projectOf(context),
  object_attributes: {
    ...issueOf(context),
    type: 'Issue',
    start_date: null,
    escalation_policy: null,
    escalation_status: null,
    ...own,
  },
  repository: repositoryOf(context),
  assignees: [userOf(context)],
  assignee: userOf(context),
  labels: [labelOf(context, 'bug')],
  changes,
});

const made = (context: SampleContext): Payload => ({
  title: { previous: null, current: issueOf(context).title },
  updated_at: { previous: null, current: isoTime(context) },
});

export const issueSamples: readonly Sample[] = [
  {
    name: 'issue',
    about: 'an issue is opened',
    header: 'Issue Hook',
    build: (context) => payload(context, { action: 'open' }, made(context)),
  },
  {
    name: 'issue-closed',
    about: 'an issue is closed',
    header: 'Issue Hook',
    build: (context) =>
      payload(
        context,
        { action: 'close', state: 'closed', state_id: 2, closed_at: isoTime(context) },
        { state_id: { previous: 1, current: 2 }, closed_at: { previous: null, current: isoTime(context) } },
      ),
  },
  {
    name: 'issue-confidential',
    about: 'a confidential issue is opened: neither title nor text may be shown',
    header: 'Confidential Issue Hook',
    build: (context) => payload(context, { action: 'open', confidential: true }, made(context)),
  },
];
