import type { Payload } from '../../../contracts/played-forge.ts';

/** `object_kind` → `X-Gitlab-Event` (docs.gitlab.com, "Webhook events"). */
const HEADERS: Readonly<Record<string, string>> = {
  push: 'Push Hook',
  tag_push: 'Tag Push Hook',
  issue: 'Issue Hook',
  work_item: 'Issue Hook',
  note: 'Note Hook',
  merge_request: 'Merge Request Hook',
  pipeline: 'Pipeline Hook',
  build: 'Job Hook',
  deployment: 'Deployment Hook',
  release: 'Release Hook',
  wiki_page: 'Wiki Page Hook',
  milestone: 'Milestone Hook',
  feature_flag: 'Feature Flag Hook',
  emoji: 'Emoji Hook',
  access_token: 'Resource Access Token Hook',
  deploy_token: 'Resource Deploy Token Hook',
};

const GROUP_EVENTS: Readonly<Record<string, string>> = {
  subgroup_create: 'Subgroup Hook',
  subgroup_destroy: 'Subgroup Hook',
  user_add_to_group: 'Member Hook',
  user_update_for_group: 'Member Hook',
  user_remove_from_group: 'Member Hook',
  user_access_request_to_group: 'Member Hook',
};

const isConfidential = ({ event_type, object_attributes }: Payload): boolean =>
  String(event_type ?? '').startsWith('confidential_') ||
  (typeof object_attributes === 'object' &&
    object_attributes !== null &&
    'confidential' in object_attributes &&
    object_attributes.confidential === true);

/** The header GitLab would have sent with this payload; what only system hooks get has theirs. */
export const headerOf = (payload: Payload): string => {
  const kind = String(payload.object_kind ?? '');
  const known = HEADERS[kind];
  if (known === undefined) return GROUP_EVENTS[String(payload.event_name ?? '')] ?? 'System Hook';
  return (kind === 'issue' || kind === 'note') && isConfidential(payload) ? `Confidential ${known}` : known;
};
