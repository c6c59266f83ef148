import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, call, type StartedGitLab, startGitLab } from './start-gitlab.ts';
import { type Receiver, startReceiver } from './start-receiver.ts';

const URL_INSIDE = 'http://rocketchat:3000/hooks/a/b';

let gitlab: StartedGitLab;
let receiver: Receiver;
let at = '';
beforeEach(async () => {
  receiver = await startReceiver();
  gitlab = await startGitLab({ names: { 'rocketchat:3000': receiver.port } });
  at = `/projects/${gitlab.server.controls.addProject('ops/demo').id}`;
});
afterEach(async () => {
  await gitlab.stop();
  await receiver.stop();
});

const api = (method: string, path: string, body?: unknown): Promise<Answer> => call(gitlab, method, path, body);
const allow = (...entries: string[]) =>
  api('PUT', '/application/settings', { outbound_local_requests_whitelist: entries });
const addHook = async (more: Record<string, unknown> = {}) => {
  await allow('rocketchat:3000');
  return (await api('POST', `${at}/hooks`, { url: URL_INSIDE, ...more })).body;
};
const commit = (content: string, branch = 'main') =>
  api('POST', `${at}/repository/commits`, {
    branch,
    commit_message: 'change',
    start_branch: 'main',
    actions: [{ action: 'create', file_path: `${Math.random()}.txt`, content }],
  });
const firstCommit = () =>
  api('POST', `${at}/repository/commits`, {
    branch: 'main',
    commit_message: 'first',
    actions: [{ action: 'create', file_path: 'README.md', content: 'hello' }],
  });

describe('addresses', () => {
  it.each([
    ['a name of the private network', URL_INSIDE],
    ['a private address', 'http://192.168.1.5/x'],
    ['loopback', 'http://127.0.0.1:3000/x'],
    ['localhost', 'http://localhost/x'],
    ['link-local', 'http://169.254.169.254/latest'],
    ['an address in IPv6 brackets', 'http://[::1]/x'],
    ['a name nobody knows', 'http://nowhere/x'],
    ['another scheme', 'ftp://example.com/x'],
    ['an empty address', ''],
  ])('%s is refused without a reason', async (_what, url) => {
    const answer = await api('POST', `${at}/hooks`, { url });
    expect([answer.status, answer.body]).toEqual([422, { error: 'Invalid url given' }]);
  });

  it.each([
    ['a public name', 'https://hooks.example.com/x'],
    ['a public address', 'http://93.184.216.34/x'],
  ])('%s is accepted', async (_what, url) => {
    expect((await api('POST', `${at}/hooks`, { url })).status).toBe(201);
  });

  it.each([
    ['host and port', ['rocketchat:3000'], 201],
    ['the host alone', ['rocketchat'], 201],
    ['another port', ['rocketchat:4000'], 422],
    ['another host', ['mattermost:3000'], 422],
  ])('the list with %s', async (_what, entries, status) => {
    await allow(...entries);
    expect((await api('POST', `${at}/hooks`, { url: URL_INSIDE })).status).toBe(status);
  });

  it('null empties the list', async () => {
    await allow('rocketchat:3000');
    const { status, body } = await api('PUT', '/application/settings', { outbound_local_requests_whitelist: null });
    expect([status, body.outbound_local_requests_whitelist]).toEqual([200, []]);
  });

  it('a list that is sent replaces the old one', async () => {
    await allow('first:80');
    await allow('second:80');
    const settings = await api('GET', '/application/settings');
    expect(settings.body.outbound_local_requests_whitelist).toEqual(['second:80']);
  });

  it('a changed list may take a while to be heeded, so one refusal after it is no proof', async () => {
    const slow = await startGitLab({
      names: { 'rocketchat:3000': receiver.port },
      settingsCachedMs: 60_000,
      speed: 60,
    });
    const path = `/projects/${slow.server.controls.addProject('ops/demo').id}/hooks`;
    const add = async () => (await call(slow, 'POST', path, { url: URL_INSIDE })).status;
    const statuses = [await add()];
    await call(slow, 'PUT', '/application/settings', { outbound_local_requests_whitelist: ['rocketchat'] });
    statuses.push(await add());
    let latest = 422;
    while (latest === 422) latest = await add();
    await slow.stop();
    expect([...statuses, latest]).toEqual([422, 422, 201]);
  });

  it('a system hook may call private addresses by default', async () => {
    expect((await api('POST', '/hooks', { url: URL_INSIDE })).status).toBe(201);
  });

  it('an address that is no longer allowed is blocked at delivery, with the reason', async () => {
    const hook = await addHook({ push_events: true });
    await firstCommit();
    await allow();
    const answer = await api('POST', `${at}/hooks/${hook.id}/test/push_events`);
    expect([answer.status, answer.body]).toEqual([
      422,
      { message: 'URL is blocked: Requests to the local network are not allowed' },
    ]);
  });
});

describe('keeping hooks', () => {
  it('nothing stops two hooks with one address', async () => {
    await addHook();
    await addHook();
    expect((await api('GET', `${at}/hooks`)).body).toHaveLength(2);
  });

  it('a new address drops the secret, unless it is sent along', async () => {
    const hook = await addHook({ token: 'secret' });
    await allow('rocketchat');
    const moved = await api('PUT', `${at}/hooks/${hook.id}`, { url: `${URL_INSIDE}2` });
    const again = await api('PUT', `${at}/hooks/${hook.id}`, { url: `${URL_INSIDE}3`, token: 'secret' });
    expect([hook.token_present, moved.body.token_present, again.body.token_present]).toEqual([true, false, true]);
  });

  it('the secret is never shown, and custom headers only by name on one hook', async () => {
    const hook = await addHook({ token: 'topsecret', custom_headers: [{ key: 'X-Ours', value: 'hidden' }] });
    const one = await api('GET', `${at}/hooks/${hook.id}`);
    const list = await api('GET', `${at}/hooks`);
    expect(one.body.custom_headers).toEqual([{ key: 'X-Ours' }]);
    expect(list.body[0]).not.toHaveProperty('custom_headers');
    expect(one.text + list.text).not.toMatch(/topsecret|hidden/);
  });

  it('deleting twice: 204, then 404', async () => {
    const hook = await addHook();
    const first = await api('DELETE', `${at}/hooks/${hook.id}`);
    const second = await api('DELETE', `${at}/hooks/${hook.id}`);
    expect([first.status, second.status, second.body]).toEqual([204, 404, { message: '404 Not found' }]);
  });

  it('token_present is absent before 19.0, names before 17.1', async () => {
    const old = await startGitLab({ version: '16.11.0' });
    const project = old.server.controls.addProject('ops/demo');
    const hook = await call(old, 'POST', `/projects/${project.id}/hooks`, { url: 'http://example.com', name: 'ours' });
    await old.stop();
    expect(hook.body).not.toHaveProperty('token_present');
    expect(hook.body).not.toHaveProperty('name');
  });

  it('before 19.0 an edit wants the address', async () => {
    const old = await startGitLab({ version: '18.4.0' });
    const project = old.server.controls.addProject('ops/demo');
    const hook = await call(old, 'POST', `/projects/${project.id}/hooks`, { url: 'http://example.com' });
    const path = `/projects/${project.id}/hooks/${hook.body.id}`;
    const answer = await call(old, 'PUT', path, { push_events: false });
    await old.stop();
    expect([answer.status, answer.body]).toEqual([400, { error: 'url is missing' }]);
  });
});

describe('deliveries', () => {
  it('carry all headers, the secret in X-Gitlab-Token, custom ones too, which override nothing', async () => {
    await addHook({
      token: 's3cret',
      custom_headers: [
        { key: 'X-Ours', value: 'yes' },
        { key: 'X-Gitlab-Event', value: 'forged' },
      ],
    });
    await firstCommit();
    const { headers } = await receiver.next(() => true);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'GitLab/19.3.0',
      'x-gitlab-event': 'Push Hook',
      'x-gitlab-token': 's3cret',
      'x-gitlab-instance': gitlab.url,
      'x-ours': 'yes',
      host: 'rocketchat:3000',
    });
    for (const name of ['x-gitlab-webhook-uuid', 'x-gitlab-event-uuid', 'idempotency-key'])
      expect(headers[name]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('are signed when the hook has a signing token', async () => {
    const key = Buffer.alloc(32, 7);
    await addHook({ signing_token: `whsec_${key.toString('base64')}` });
    await firstCommit();
    const { headers, raw } = await receiver.next(() => true);
    const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${raw}`;
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(text).digest('base64')}`);
  });

  it('one event has one UUID for every hook, each delivery its own', async () => {
    await addHook();
    await addHook();
    await firstCommit();
    await gitlab.server.controls.deliveriesDone();
    const [one, two] = receiver.received;
    expect(one?.headers['x-gitlab-event-uuid']).toBe(two?.headers['x-gitlab-event-uuid']);
    expect(one?.headers['x-gitlab-webhook-uuid']).not.toBe(two?.headers['x-gitlab-webhook-uuid']);
  });

  it('go only to hooks that listen, and to branches that pass the filter', async () => {
    await addHook({ push_events: false, issues_events: true });
    await addHook({ push_events: true, push_events_branch_filter: 'release/*' });
    await firstCommit();
    await commit('b', 'release/1');
    await gitlab.server.controls.deliveriesDone();
    expect(receiver.received.map(({ body }) => body.ref)).toEqual(['refs/heads/release/1']);
  });

  it('a system hook says System Hook whatever the event, without object_kind and commits', async () => {
    await api('POST', '/hooks', { url: URL_INSIDE, push_events: true });
    await firstCommit();
    const { headers, body } = await receiver.next((one) => one.body.event_name === 'push');
    expect(headers['x-gitlab-event']).toBe('System Hook');
    expect([body.object_kind, body.commits, body.project.id]).toEqual([undefined, [], undefined]);
  });

  it('addresses of people are hidden in payloads', async () => {
    await addHook({ push_events: false, issues_events: true });
    await api('POST', `${at}/issues`, { title: 'broken' });
    const { body } = await receiver.next(() => true);
    expect(body.user.email).toBe('[REDACTED]');
  });

  it('a redirect counts as delivered', async () => {
    receiver.answer = { status: 302, body: '' };
    const hook = await addHook();
    await firstCommit();
    for (let times = 0; times < 5; times += 1) await commit('x');
    await gitlab.server.controls.deliveriesDone();
    expect((await api('GET', `${at}/hooks/${hook.id}`)).body.alert_status).toBe('executable');
  });

  it('are kept in a log, with the secret masked', async () => {
    const hook = await addHook({ token: 's3cret' });
    await firstCommit();
    await gitlab.server.controls.deliveriesDone();
    const log = await api('GET', `${at}/hooks/${hook.id}/events`);
    expect(log.body[0]).toMatchObject({ trigger: 'push_hooks', response_status: '200' });
    expect(log.body[0].request_headers['X-Gitlab-Token']).toBe('[REDACTED]');
  });
});

describe('the test call', () => {
  it('really sends, and passes on a refusal of the receiver', async () => {
    const hook = await addHook();
    await firstCommit();
    await receiver.next(() => true);
    receiver.answer = { status: 404, body: '{"success":false,"error":"Invalid integration id"}' };
    const answer = await api('POST', `${at}/hooks/${hook.id}/test/push_events`);
    expect([answer.status, answer.body.message]).toEqual([422, receiver.answer.body]);
    expect(receiver.received).toHaveLength(2);
  });

  it('needs something to show: a commit, an issue', async () => {
    const hook = await addHook();
    const answer = await api('POST', `${at}/hooks/${hook.id}/test/issues_events`);
    expect([answer.status, answer.body]).toEqual([422, { message: 'Ensure the project has issues.' }]);
  });

  it('POST on a system hook fires it and shows the sample', async () => {
    const hook = await api('POST', '/hooks', { url: URL_INSIDE });
    const fired = await api('POST', `/hooks/${hook.body.id}`);
    expect([fired.status, fired.body.event_name, receiver.received.length]).toEqual([201, 'project_create', 1]);
  });

  it('does not exist before 16.11', async () => {
    const old = await startGitLab({ version: '16.10.0' });
    const project = old.server.controls.addProject('ops/demo');
    const answer = await call(old, 'POST', `/projects/${project.id}/hooks/1/test/push_events`);
    await old.stop();
    expect([answer.status, answer.body]).toEqual([404, { error: '404 Not Found' }]);
  });
});

describe('a failing receiver', () => {
  it('the fourth failure in a row rests the hook, and a test call that succeeds wakes it', async () => {
    receiver.answer = { status: 500, body: '' };
    const hook = await addHook();
    const states: string[] = [];
    await firstCommit();
    for (let times = 0; times < 4; times += 1) {
      await gitlab.server.controls.deliveriesDone();
      states.push((await api('GET', `${at}/hooks/${hook.id}`)).body.alert_status);
      await commit('x');
    }
    receiver.answer = { status: 200, body: '' };
    await api('POST', `${at}/hooks/${hook.id}/test/push_events`);
    states.push((await api('GET', `${at}/hooks/${hook.id}`)).body.alert_status);
    expect(states).toEqual(['executable', 'executable', 'executable', 'temporarily_disabled', 'executable']);
  });

  it('nobody there at all is a failure too, and the test call says so', async () => {
    const hook = await addHook();
    await firstCommit();
    await receiver.stop();
    const answer = await api('POST', `${at}/hooks/${hook.id}/test/push_events`);
    expect([answer.status, answer.body.message]).toEqual([422, expect.stringMatching(/Connection refused/)]);
  });
});

describe('what was still to be sent when the server ended', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'gitlab-standin-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const startHere = () => startGitLab({ dir, names: { 'rocketchat:3000': receiver.port } });
  /** A project with a hook for pushes, and a push: its delivery gets no answer. */
  const pushed = async (server: StartedGitLab): Promise<{ readonly path: string; readonly hook: number }> => {
    const path = `/projects/${server.server.controls.addProject('ops/kept').id}`;
    await call(server, 'PUT', '/application/settings', { outbound_local_requests_whitelist: ['rocketchat:3000'] });
    const hook = await call(server, 'POST', `${path}/hooks`, { url: URL_INSIDE });
    receiver.holds = true;
    await call(server, 'POST', `${path}/repository/commits`, {
      branch: 'main',
      commit_message: 'first',
      actions: [{ action: 'create', file_path: 'README.md', content: 'hello' }],
    });
    return { path, hook: hook.body.id };
  };

  it('is sent by the next one, for the queue outlives the processes; and stands in the log', async () => {
    const first = await startHere();
    const { path, hook } = await pushed(first);
    await receiver.next((one) => one.body.object_kind === 'push');
    await first.stop();
    receiver.received.length = 0;
    receiver.holds = false;

    const second = await startHere();
    const { body } = await receiver.next((one) => one.body.object_kind === 'push');
    expect(body.project.path_with_namespace).toBe('ops/kept');
    await second.server.controls.deliveriesDone();
    const log = await call(second, 'GET', `${path}/hooks/${hook}/events`);
    await second.stop();
    expect(log.body).toMatchObject([{ trigger: 'push_hooks', response_status: '200' }]);
  });

  it('is sent once: what was taken before is not sent again, and the log is kept', async () => {
    const first = await startHere();
    const { path, hook } = await pushed(first);
    receiver.release();
    await first.server.controls.deliveriesDone();
    await first.stop();
    receiver.received.length = 0;

    const second = await startHere();
    await second.server.controls.deliveriesDone();
    const log = await call(second, 'GET', `${path}/hooks/${hook}/events`);
    await second.stop();
    expect(receiver.received).toEqual([]);
    expect(log.body).toMatchObject([{ trigger: 'push_hooks', response_status: '200' }]);
  });

  it('is sent to nobody when its hook was deleted meanwhile', async () => {
    const first = await startHere();
    const { path, hook } = await pushed(first);
    await receiver.next((one) => one.body.object_kind === 'push');
    await call(first, 'DELETE', `${path}/hooks/${hook}`);
    await first.stop();
    receiver.received.length = 0;
    receiver.holds = false;

    const second = await startHere();
    await second.server.controls.deliveriesDone();
    await second.stop();
    expect(receiver.received).toEqual([]);
  });
});
