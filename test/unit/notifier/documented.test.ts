/**
 * Every kind and action that GitLab names has words of its own. Kinds and actions: GitLab 19.x,
 * doc/user/project/integrations/webhook_events.md and doc/administration/system_hooks.md; the statuses of runs from
 * app/models/concerns/ci/has_status.rb and app/models/deployment.rb.
 */
import { describe, expect, it } from 'vitest';
import { announce } from '../../../src/notifier/core/announce.ts';
import { DESCRIBERS } from '../../../src/notifier/core/events/index.ts';
import type { Message } from '../../../src/notifier/core/message.ts';
import { ownDelivery } from './deliveries.ts';

const KINDS = [
  ...['push', 'tag_push', 'issue', 'work_item', 'note', 'merge_request', 'wiki_page', 'pipeline', 'build'],
  ...['deployment', 'feature_flag', 'release', 'milestone', 'emoji', 'access_token', 'deploy_token', 'vulnerability'],
  ...['user_add_to_group', 'user_update_for_group', 'user_remove_from_group', 'user_access_request_to_group'],
  ...['user_access_request_denied_for_group', 'user_access_request_revoked_for_group', 'project_create'],
  ...['project_destroy', 'project_rename', 'project_transfer', 'project_update', 'subgroup_create', 'subgroup_destroy'],
  ...['group_create', 'group_destroy', 'group_rename', 'key_create', 'key_destroy', 'repository_update'],
  ...['user_access_request_revoked_for_project', 'user_access_request_to_project', 'user_add_to_team', 'user_create'],
  ...['user_destroy', 'user_failed_login', 'user_remove_from_team', 'user_rename', 'user_update_for_team'],
  ...['gitlab_subscription_member_approval', 'gitlab_subscription_member_approvals'],
];

/** A delivery, the place of its action, and the actions that GitLab has for it. */
const ACTIONS: readonly (readonly [name: string, path: readonly string[], actions: readonly string[]])[] = [
  ['issue-reopened', ['object_attributes', 'action'], ['open', 'close', 'reopen', 'update']],
  ['work-item-task', ['object_attributes', 'action'], ['open', 'close', 'reopen', 'update']],
  [
    'merge-request-merged',
    ['object_attributes', 'action'],
    ['open', 'close', 'reopen', 'update', 'approval', 'approved', 'unapproval', 'unapproved', 'merge'],
  ],
  [
    'merge-request-approvals-reset',
    ['object_attributes', 'system_action'],
    ['approvals_reset_on_push', 'code_owner_approvals_reset_on_push'],
  ],
  ['note-edited', ['object_attributes', 'action'], ['create', 'update']],
  ['emoji-issue', ['event_type'], ['award', 'revoke']],
  ['release-updated', ['action'], ['create', 'update', 'delete']],
  ['wiki-updated', ['object_attributes', 'action'], ['create', 'update', 'delete']],
  ['milestone-reopened', ['action'], ['create', 'close', 'reopen', 'delete']],
  [
    'pipeline-failed',
    ['object_attributes', 'status'],
    [
      ...['created', 'waiting_for_resource', 'preparing', 'waiting_for_callback', 'pending', 'running', 'success'],
      ...['failed', 'canceling', 'canceled', 'skipped', 'manual', 'scheduled'],
    ],
  ],
  [
    'job-failed',
    ['build_status'],
    [
      ...['created', 'waiting_for_resource', 'preparing', 'waiting_for_callback', 'pending', 'running', 'success'],
      ...['failed', 'canceling', 'canceled', 'skipped', 'manual', 'scheduled'],
    ],
  ],
  [
    'deployment-success',
    ['status'],
    ['created', 'running', 'success', 'failed', 'canceled', 'skipped', 'blocked', 'approved', 'rejected'],
  ],
  ['vulnerability-detected', ['object_attributes', 'state'], ['detected', 'confirmed', 'dismissed', 'resolved']],
  ['member-approval-approved', ['action'], ['approve', 'deny']],
];

const replaced = (value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown =>
  key === undefined ? by : { ...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest, by) };

const spoken = ({ line }: Message): string => line.map((piece) => (piece.kind === 'words' ? piece.text : '·')).join('');

describe.each(['en', 'fr'] as const)('in words of its own (%s)', (locale) => {
  it.each(ACTIONS)('every action of %s is announced', (name, path, actions) => {
    const { header, payload } = ownDelivery(name);
    const bare = { ...payload, changes: undefined };
    const messages = actions.map((action) => {
      const changed = replaced(bare, path, action) as Record<string, unknown>;
      return announce({ header, payload: changed }, { locale, intermediate: true });
    });
    const announced = messages.map((message) => (message === undefined ? 'nothing' : spoken(message)));
    expect(announced).not.toContain('nothing');
    expect(new Set(announced).size).toBe(actions.length);
    // A name that we do not know is shown as code.
    const named = messages.flatMap((message) => message?.line ?? []).filter(({ kind }) => kind === 'code');
    expect(named.filter((piece) => 'text' in piece && actions.includes(piece.text))).toEqual([]);
  });
});

describe('a kind that GitLab documents', () => {
  it.each(KINDS)('has a describer: %s', (kind) => {
    expect(Object.keys(DESCRIBERS)).toContain(kind);
  });
});

/** doc/…/webhook_events.md, "Work item events": the types. */
const TYPES = ['Epic', 'Issue', 'Task', 'Incident', 'Test Case', 'Requirement', 'Objective', 'Key Result'];

describe('a type of work item', () => {
  it.each(['en', 'fr'] as const)('has a noun of its own (%s)', (locale) => {
    const { header, payload } = ownDelivery('work-item-task');
    const nouns = TYPES.map((type) => {
      const message = announce(
        { header, payload: replaced(payload, ['object_attributes', 'type'], type) as Record<string, unknown> },
        { locale },
      );
      return message === undefined ? '' : spoken(message);
    });
    expect(new Set(nouns).size).toBe(TYPES.length);
  });
});

/** What a comment and a reaction may be about, by GitLab's names. */
const NOTEABLES = [
  'Commit',
  'MergeRequest',
  'Issue',
  'WorkItem',
  'Snippet',
  'DesignManagement::Design',
  'WikiPage::Meta',
];

describe('what is commented on', () => {
  it.each(NOTEABLES)('has a noun of its own: %s', (type) => {
    const about = {
      commit: { id: 'c3'.repeat(20), message: 'x' },
      merge_request: { iid: 8 },
      issue: { iid: 12 },
      snippet: { id: 53 },
    };
    const { header, payload } = ownDelivery('note-design');
    const note = replaced({ ...payload, ...about }, ['object_attributes', 'noteable_type'], type);
    const url = 'https://git.example.org/works/tram_depot/-/wikis/Rules#note_77';
    const announced = announce(
      { header, payload: replaced(note, ['object_attributes', 'url'], url) as Record<string, unknown> },
      { locale: 'en' },
    );
    expect(announced && spoken(announced)).toMatch(
      /^· commented on (commit|merge request|issue|snippet|design|wiki page) · in ·$/,
    );
  });
});
