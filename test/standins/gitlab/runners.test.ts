import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, call, type StartedGitLab, startGitLab } from './start-gitlab.ts';

let gitlab: StartedGitLab;
beforeEach(async () => {
  gitlab = await startGitLab();
});
afterEach(() => gitlab.stop());

const api = (method: string, path: string, body?: unknown, token?: string): Promise<Answer> =>
  call(gitlab, method, path, body, token);
const create = async (more = {}) =>
  (await api('POST', '/user/runners', { runner_type: 'instance_type', description: 'ours', ...more })).body;

describe('runners', () => {
  it('creating twice makes two, for nothing is unique', async () => {
    await create();
    await create();
    expect((await api('GET', '/runners/all')).body).toHaveLength(2);
  });

  it('the token is shown once; a reset gives a new one and ends the old one', async () => {
    const { id, token } = await create();
    const shown = await api('GET', `/runners/${id}`);
    const reset = await api('POST', `/runners/${id}/reset_authentication_token`);
    const old = await api('POST', '/runners/verify', { token }, '');
    const fresh = await api('POST', '/runners/verify', { token: reset.body.token }, '');
    expect(shown.text).not.toContain(token);
    expect([old.status, fresh.status, fresh.body.id]).toEqual([403, 200, id]);
  });

  it('a token of a limited life is known until its end, and its runner may renew it before', async () => {
    gitlab.server.controls.changeSettings({ runner_token_expiration_interval: 7_200 });
    const made = await create();
    const verified = (await api('POST', '/runners/verify', { token: made.token }, '')).body;
    const renewed = await api('POST', '/runners/reset_authentication_token', { token: made.token }, '');
    gitlab.server.controls.changeSettings({ runner_token_expiration_interval: 0 });
    const last = await api('POST', '/runners/reset_authentication_token', { token: renewed.body.token }, '');
    const statuses = [];
    for (const token of [made.token, renewed.body.token, last.body.token])
      statuses.push((await api('POST', '/runners/verify', { token }, '')).status);
    expect(Date.parse(made.token_expires_at)).toBeGreaterThan(Date.now());
    expect(verified.token_expires_at).toBe(made.token_expires_at);
    expect(renewed.status).toBe(201);
    // Renewed, renewed, expired as it was given.
    expect(statuses).toEqual([403, 403, 403]);
  });

  it('a life under two hours is refused', async () => {
    const answer = await api('PUT', '/application/settings', { runner_token_expiration_interval: 60 });
    expect([answer.status, answer.body.message]).toEqual([
      400,
      { runner_token_expiration_interval: ['must be greater than or equal to 7200'] },
    ]);
  });

  it('only a 403 of verify means dead', async () => {
    const { token } = await create();
    gitlab.server.faults.add({ match: 'POST /api/v4/runners/verify', effect: { kind: 'status', status: 503 } });
    const while503 = await api('POST', '/runners/verify', { token }, '');
    const afterwards = await api('POST', '/runners/verify', { token }, '');
    expect([while503.status, afterwards.status]).toEqual([503, 200]);
  });

  it('anybody’s verify makes it online; only the managers show whose contact it was', async () => {
    const { id, token } = await create();
    const before = (await api('GET', `/runners/${id}`)).body;
    await api('POST', '/runners/verify', { token, system_id: 's_ourjob000001' }, '');
    const after = (await api('GET', `/runners/${id}`)).body;
    const managers = (await api('GET', `/runners/${id}/managers`)).body;
    expect([before.status, before.online, after.status]).toEqual(['never_contacted', null, 'online']);
    expect(managers.map((manager: { system_id: string }) => manager.system_id)).toEqual(['s_ourjob000001']);
  });

  it.each([
    ['a timeout under ten minutes', { maximum_timeout: 599 }, 'Maximum timeout needs to be at least 10 minutes'],
    ['no tags and no untagged jobs', { run_untagged: false }, /can not be empty/],
    ['more than 50 tags', { tag_list: Array.from({ length: 51 }, (_one, index) => `t${index}`) }, /50/],
    ['a long description', { description: 'x'.repeat(1025) }, /too long/],
  ])('%s is refused', async (_what, more, reason) => {
    const answer = await api('POST', '/user/runners', { runner_type: 'instance_type', ...more });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toMatch(/^400 Bad request - /);
    expect(answer.body.message).toMatch(reason);
  });

  it('active and paused exclude each other in an edit', async () => {
    const { id } = await create();
    const answer = await api('PUT', `/runners/${id}`, { active: true, paused: false });
    expect([answer.status, answer.body]).toEqual([400, { error: 'active, paused are mutually exclusive' }]);
  });

  it('lists are filtered by tags, type and status, and never by description', async () => {
    await create({ tag_list: 'a,b' });
    await create({ tag_list: ['b'] });
    const count = async (query: string) => (await api('GET', `/runners/all?${query}`)).body.length;
    expect([
      await count('tag_list=a,b'),
      await count('type=project_type'),
      await count('status=never_contacted'),
      await count('description=nothing'),
    ]).toEqual([1, 0, 2, 2]);
  });

  it('runners/all needs an administrator; runners shows one’s own', async () => {
    const { controls } = gitlab.server;
    controls.addUser({ username: 'maintainer' });
    const project = controls.addProject('ops/demo');
    controls.giveRole('maintainer', 'ops/demo', 'maintainer');
    const token = controls.addToken('maintainer');
    const made = await api('POST', '/user/runners', { runner_type: 'project_type', project_id: project.id }, token);
    const all = await api('GET', '/runners/all', undefined, token);
    const own = await api('GET', '/runners', undefined, token);
    expect([made.status, all.status, own.body.map(({ id }: { id: number }) => id)]).toEqual([201, 403, [made.body.id]]);
  });

  it('a scope of manage_runner edits runners and reads nothing else', async () => {
    const { id } = await create();
    const token = gitlab.server.controls.addToken('root', { scopes: ['manage_runner'] });
    const edited = await api('PUT', `/runners/${id}`, { tag_list: ['x'] }, token);
    const listed = await api('GET', '/runners/all', undefined, token);
    expect([edited.status, edited.body.tag_list, listed.status]).toEqual([200, ['x'], 403]);
  });

  it('polls are traffic and never writes', async () => {
    const { token } = await create();
    const before = gitlab.server.ledger.totals();
    await api('POST', '/jobs/request', { token, system_id: 's_000000000001' }, '');
    await api('POST', '/runners/verify', { token }, '');
    const after = gitlab.server.ledger.totals();
    expect([after.traffic - before.traffic, after.write - before.write]).toEqual([2, 0]);
  });
});

describe('faults on demand', () => {
  it('one 429 with Retry-After, then well', async () => {
    gitlab.server.faults.add({
      match: 'GET /api/v4/version',
      effect: {
        kind: 'status',
        status: 429,
        body: 'Retry later\n',
        headers: { 'Content-Type': 'text/plain', 'Retry-After': '2' },
      },
    });
    const first = await api('GET', '/version');
    const second = await api('GET', '/version');
    expect([first.status, first.text, first.headers.get('retry-after'), second.status]).toEqual([
      429,
      'Retry later\n',
      '2',
      200,
    ]);
  });

  it('a 502 after the work was done leaves the object there', async () => {
    gitlab.server.faults.add({
      match: 'POST /api/v4/user/runners',
      afterWork: true,
      effect: { kind: 'html', status: 502 },
    });
    const answer = await api('POST', '/user/runners', { runner_type: 'instance_type' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'text/html']);
    expect((await api('GET', '/runners/all')).body).toHaveLength(1);
  });

  it('a page where JSON was expected, under any label', async () => {
    gitlab.server.faults.add({
      match: 'GET /api/v4/user',
      effect: { kind: 'status', status: 200, body: '<html>', headers: { 'Content-Type': 'application/json' } },
    });
    const answer = await api('GET', '/user');
    expect([answer.status, answer.text, answer.body]).toEqual([200, '<html>', undefined]);
  });

  it('a connection that is cut', async () => {
    gitlab.server.faults.add({ match: 'GET /api/v4/user', effect: { kind: 'reset' } });
    await expect(api('GET', '/user')).rejects.toThrow(/fetch failed/);
  });
});

describe('parameters', () => {
  const post = (type: string, body: string) =>
    fetch(`${gitlab.url}/api/v4/user/runners`, {
      method: 'POST',
      headers: { 'PRIVATE-TOKEN': gitlab.token, 'Content-Type': type },
      body,
    });

  it('are taken from forms, in the way curl sends them', async () => {
    const answer = await post(
      'application/x-www-form-urlencoded',
      'runner_type=instance_type&tag_list[]=a&tag_list[]=b',
    );
    const { id } = (await answer.json()) as { id: number };
    expect((await api('GET', `/runners/${id}`)).body.tag_list).toEqual(['a', 'b']);
  });

  it('are taken from multipart forms', async () => {
    const form = new FormData();
    form.set('runner_type', 'instance_type');
    form.set('description', 'by form');
    const headers = { 'PRIVATE-TOKEN': gitlab.token };
    const answer = await fetch(`${gitlab.url}/api/v4/user/runners`, { method: 'POST', headers, body: form });
    const { id } = (await answer.json()) as { id: number };
    expect((await api('GET', `/runners/${id}`)).body.description).toBe('by form');
  });

  it('that are no JSON are refused', async () => {
    expect((await post('application/json', '{')).status).toBe(400);
  });

  it('of an unknown content type are refused', async () => {
    expect((await post('text/xml', '<a/>')).status).toBe(415);
  });

  it('all problems come in one text', async () => {
    const answer = await api('POST', '/user/runners', { maximum_timeout: 'soon', paused: 'perhaps' });
    expect(answer.body.error).toContain('paused is invalid');
    expect(answer.body.error).toContain('maximum_timeout is invalid');
  });
});
