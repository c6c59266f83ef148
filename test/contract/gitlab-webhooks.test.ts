/**
 * The payloads the stand-in sends against the vendor's samples in `../shared/contracts/gitlab/webhooks`: every key of a
 * sample is there, recursively, unless the sample shows something optional that is named here.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractsDir, leftOutSuite } from '../helpers/available.ts';
import { call, type StartedGitLab, startGitLab } from '../standins/gitlab/start-gitlab.ts';
import { type Received, type Receiver, startReceiver } from '../standins/gitlab/start-receiver.ts';

const dir = contractsDir();

/** Objects that a happening may or may not have, and keys of older or other editions. */
const OPTIONAL = new Set([
  'merge_request',
  'source_pipeline',
  'environment',
  'assignees',
  'assignee',
  'reviewers',
  'labels',
  'changes',
  'runner',
  'milestone',
  'variables',
  'health_status',
  'weight',
  'issue',
]);

/** Keys of `sample` that `actual` lacks, as paths. */
const missing = (sample: unknown, actual: unknown, path = ''): readonly string[] => {
  if (Array.isArray(sample)) {
    const first = Array.isArray(actual) ? actual[0] : undefined;
    return sample.length === 0 || first === undefined ? [] : missing(sample[0], first, `${path}[0]`);
  }
  if (typeof sample !== 'object' || sample === null || actual === null) return [];
  return Object.entries(sample).flatMap(([key, value]) => {
    if (OPTIONAL.has(key)) return [];
    const record = (actual ?? {}) as Record<string, unknown>;
    return key in record ? missing(value, record[key], `${path}.${key}`) : [`${path}.${key}`];
  });
};

interface Case {
  readonly file: string;
  readonly event: string;
  readonly fits: (received: Received) => boolean;
}

const CASES: readonly Case[] = [
  { file: 'push.json', event: 'Push Hook', fits: ({ body }) => body.object_kind === 'push' },
  { file: 'tag_push_create.json', event: 'Tag Push Hook', fits: ({ body }) => body.object_kind === 'tag_push' },
  { file: 'pipeline_success.json', event: 'Pipeline Hook', fits: ({ body }) => body.object_kind === 'pipeline' },
  { file: 'job_created.json', event: 'Job Hook', fits: ({ body }) => body.object_kind === 'build' },
  { file: 'issue_open.json', event: 'Issue Hook', fits: ({ body }) => body.object_kind === 'issue' },
  {
    file: 'merge_request_open.json',
    event: 'Merge Request Hook',
    fits: ({ body }) => body.object_kind === 'merge_request',
  },
  { file: 'note_issue.json', event: 'Note Hook', fits: ({ body }) => body.object_kind === 'note' },
  {
    file: 'system_push.json',
    event: 'System Hook',
    fits: ({ body, path }) => path === '/system' && body.event_name === 'push',
  },
  {
    file: 'system_project_create.json',
    event: 'System Hook',
    fits: ({ body }) => body.event_name === 'project_create',
  },
  { file: 'system_group_create.json', event: 'System Hook', fits: ({ body }) => body.event_name === 'group_create' },
  { file: 'system_user_create.json', event: 'System Hook', fits: ({ body }) => body.event_name === 'user_create' },
];

if (dir === undefined) {
  leftOutSuite('GitLab webhook samples', 'there is no ../shared/contracts');
} else {
  describe('what hooks are sent has the shape of the vendor’s samples', () => {
    let gitlab: StartedGitLab;
    let receiver: Receiver;

    beforeAll(async () => {
      receiver = await startReceiver();
      gitlab = await startGitLab({ names: { 'receiver:80': receiver.port } });
      gitlab.server.controls.changeSettings({ allow_local_requests_from_web_hooks_and_services: true });
      await call(gitlab, 'POST', '/hooks', { url: 'http://receiver/system', push_events: true });
      const group = await call(gitlab, 'POST', '/groups', { name: 'ops', path: 'ops' });
      const project = await call(gitlab, 'POST', '/projects', { name: 'demo', namespace_id: group.body.id });
      await call(gitlab, 'POST', '/users', { username: 'ada', name: 'Ada', email: 'ada@example.com' });
      const at = `/projects/${project.body.id}`;
      await call(gitlab, 'POST', `${at}/hooks`, {
        url: 'http://receiver/project',
        push_events: true,
        tag_push_events: true,
        issues_events: true,
        note_events: true,
        merge_requests_events: true,
        pipeline_events: true,
        job_events: true,
      });
      await call(gitlab, 'POST', `${at}/repository/commits`, {
        branch: 'main',
        commit_message: 'first\n\nwith a body',
        actions: [{ action: 'create', file_path: '.gitlab-ci.yml', content: 'smoke:\n  script: echo\n' }],
      });
      await call(gitlab, 'POST', `${at}/repository/tags`, { tag_name: 'v1', ref: 'main' });
      await call(gitlab, 'POST', `${at}/issues`, { title: 'broken' });
      await call(gitlab, 'POST', `${at}/issues/1/notes`, { body: 'indeed' });
      await call(gitlab, 'POST', `${at}/repository/branches`, { branch: 'fix', ref: 'main' });
      await call(gitlab, 'POST', `${at}/merge_requests`, { source_branch: 'fix', target_branch: 'main', title: 'Fix' });
      await gitlab.server.controls.deliveriesDone();
    });
    afterAll(async () => {
      process.stderr.write(`GitLab webhook samples: ${CASES.length} kinds compared\n`);
      await gitlab.stop();
      await receiver.stop();
    });

    it.each(CASES)('$file', ({ file, event, fits }) => {
      const received = receiver.received.find(fits);
      const sample = JSON.parse(readFileSync(`${dir}/gitlab/webhooks/${file}`, 'utf8'));
      const lacking = missing(sample, received?.body);
      expect(received?.headers['x-gitlab-event']).toBe(event);
      expect(lacking).toEqual([]);
    });
  });
}
