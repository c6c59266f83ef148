/** Whatever a client sends, the stand-in answers as a GitLab would, never with a fault of its own. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../helpers/cases.ts';
import { call, type StartedGitLab, startGitLab } from './start-gitlab.ts';

let gitlab: StartedGitLab;
beforeAll(async () => {
  gitlab = await startGitLab();
  const project = gitlab.server.controls.addProject('ops/demo');
  await call(gitlab, 'POST', `/projects/${project.id}/repository/commits`, {
    branch: 'main',
    commit_message: 'first',
    actions: [{ action: 'create', file_path: '.gitlab-ci.yml', content: 'smoke:\n  script: echo\n' }],
  });
  await call(gitlab, 'POST', `/projects/${project.id}/hooks`, { url: 'http://example.com/' });
  gitlab.server.controls.addRunner({});
});
afterAll(() => gitlab.stop());

const id = fc.constantFrom('1', '0', '99', '-1', 'x', 'ops%2Fdemo', '%2e%2e', '%zz', '%00', '🦊', '1e3', '__proto__');
const path = fc
  .tuple(
    fc.constantFrom(
      '/projects/I/hooks',
      '/projects/I/hooks/J',
      '/projects/I/hooks/J/test/push_events',
      '/projects/I/hooks/J/custom_headers/J',
      '/projects/I/hooks/J/events',
      '/projects/I/pipeline',
      '/projects/I/pipelines/J',
      '/projects/I/jobs/J/trace',
      '/projects/I/repository/commits',
      '/projects/I/repository/files/J',
      '/projects/I/repository/branches/J',
      '/projects/I/members',
      '/projects/I/issues',
      '/projects/I',
      '/projects',
      '/groups/I',
      '/groups',
      '/hooks/I',
      '/hooks',
      '/runners/I',
      '/runners/verify',
      '/runners',
      '/user/runners',
      '/users/I',
      '/users',
      '/jobs/request',
      '/jobs/I',
      '/jobs/I/trace',
      '/application/settings',
      '/personal_access_tokens/I/rotate',
    ),
    id,
    id,
  )
  .map(([text, first, second]) => text.replace('I', first).replace('J', second));

const value = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    'x',
    -1,
    1e9,
    true,
    [],
    [null],
    [{}],
    {},
    { key: 1 },
    '../..',
    'http://[',
    'a'.repeat(3000),
  ),
  fc.string(),
);
const name = fc.constantFrom(
  'url',
  'token',
  'name',
  'path',
  'runner_type',
  'tag_list',
  'maximum_timeout',
  'custom_headers',
  'url_variables',
  'push_events',
  'push_events_branch_filter',
  'branch_filter_strategy',
  'ref',
  'branch',
  'actions',
  'commit_message',
  'content',
  'outbound_local_requests_whitelist',
  'signing_token',
  'system_id',
  'info',
  'state',
  'user_id',
  'access_level',
  'title',
  'variables',
  'per_page',
  'page',
  'pagination',
  'cursor',
  '__proto__',
  'constructor',
  'scopes',
  'expires_at',
);
const body = fc.oneof(
  fc.constant(undefined),
  fc.string(),
  fc.dictionary(name, value).map((fields) => JSON.stringify(fields)),
);
const type = fc.constantFrom(
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
);

describe('hostile requests', () => {
  it('take __proto__ for the name of a file like any other', async () => {
    const file = '/projects/1/repository/files/__proto__';
    expect((await call(gitlab, 'GET', `${file}?ref=main`)).status).toBe(404);
    const made = await call(gitlab, 'POST', '/projects/1/repository/commits', {
      branch: 'main',
      commit_message: 'odd',
      actions: [{ action: 'create', file_path: '__proto__', content: 'x' }],
    });
    expect(made.status).toBe(201);
    expect((await call(gitlab, 'GET', `${file}?ref=main`)).status).toBe(200);
  });

  it('never make the stand-in fail', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
        path,
        body,
        type,
        async (method, wanted, text, contentType) => {
          // The test's own ground stays as it is.
          if (method === 'DELETE' && /^\/(projects|users|groups)\/[^/]*$/.test(wanted)) return;
          const answer = await fetch(`${gitlab.url}/api/v4${wanted}`, {
            method,
            headers: { 'PRIVATE-TOKEN': gitlab.token, 'Content-Type': contentType },
            ...(text === undefined || method === 'GET' ? {} : { body: text }),
          });
          const shown = await answer.text();
          expect(answer.status, `${method} ${wanted} ${text} → ${shown}`).toBeLessThan(500);
        },
      ),
      { numRuns: cases(600) },
    );
  });

  it.each([
    '/%zz',
    '/..%2f..%2fetc',
    '/a%00b.git/info/refs',
    '/%zz.git/info/refs',
    '/-/nothing',
    '/users/sign_in?x=%zz',
  ])('GET %s is answered', async (wanted) => {
    const answer = await fetch(`${gitlab.url}${wanted}`, { redirect: 'manual' });
    expect(answer.status).toBeLessThan(500);
  });
});
