import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, type StartedGitLab, startGitLab } from './start-gitlab.ts';

let gitlab: StartedGitLab;
beforeAll(async () => {
  gitlab = await startGitLab();
  const { controls } = gitlab.server;
  controls.addProject('ops/secret');
  controls.addProject('ops/open', { visibility: 'internal' });
  for (const username of ['maintainer', 'developer', 'stranger']) controls.addUser({ username });
  controls.giveRole('maintainer', 'ops/secret', 'maintainer');
  controls.giveRole('developer', 'ops/secret', 'developer');
});
afterAll(() => gitlab.stop());

const as = (username: string, scopes: readonly string[] = ['api']) =>
  gitlab.server.controls.addToken(username, { scopes });

describe('who may do what', () => {
  it.each([
    ['maintainer', 200],
    ['developer', 403],
    ['stranger', 404],
  ])('hooks of a private project: %s gets %i', async (username, status) => {
    const answer = await call(gitlab, 'GET', '/projects/ops%2Fsecret/hooks', undefined, as(username));
    expect(answer.status).toBe(status);
  });

  it('an invisible project looks like a missing one', async () => {
    const invisible = await call(gitlab, 'GET', '/projects/ops%2Fsecret', undefined, as('stranger'));
    const missing = await call(gitlab, 'GET', '/projects/ops%2Fnone', undefined, as('stranger'));
    expect(invisible.body).toEqual({ message: '404 Project Not Found' });
    expect(missing.body).toEqual(invisible.body);
  });

  it('an internal project is seen by every user', async () => {
    const answer = await call(gitlab, 'GET', '/projects/ops%2Fopen', undefined, as('stranger'));
    expect(answer.status).toBe(200);
  });

  it('the scope is checked before the role: a developer with read_api hears of the scope', async () => {
    const token = as('developer', ['read_api']);
    const answer = await call(gitlab, 'POST', '/projects/ops%2Fsecret/hooks', { url: 'http://example.com' }, token);
    expect([answer.status, answer.body.error, answer.body.scope]).toEqual([403, 'insufficient_scope', 'api']);
  });

  it('with admin mode on, an administrator needs the scope admin_mode', async () => {
    gitlab.server.controls.changeSettings({ admin_mode: true });
    const plain = await call(gitlab, 'GET', '/application/settings', undefined, as('root'));
    const scoped = await call(gitlab, 'GET', '/application/settings', undefined, as('root', ['api', 'admin_mode']));
    gitlab.server.controls.changeSettings({ admin_mode: false });
    expect([plain.status, plain.body, scoped.status]).toEqual([403, { message: '403 Forbidden' }, 200]);
  });

  it('a bearer header is as good as PRIVATE-TOKEN', async () => {
    const answer = await fetch(`${gitlab.url}/api/v4/user`, { headers: { Authorization: `Bearer ${gitlab.token}` } });
    expect(answer.status).toBe(200);
  });

  it('is_admin is shown on administrators only', async () => {
    const root = await call(gitlab, 'GET', '/user');
    const other = await call(gitlab, 'GET', '/user', undefined, as('stranger'));
    expect([root.body.is_admin, 'is_admin' in other.body]).toEqual([true, false]);
  });

  it('rotating gives a new value once and ends the old one', async () => {
    const old = as('maintainer');
    const rotated = await call(gitlab, 'POST', '/personal_access_tokens/self/rotate', {}, old);
    const byOld = await call(gitlab, 'GET', '/user', undefined, old);
    const byNew = await call(gitlab, 'GET', '/user', undefined, rotated.body.token);
    expect([rotated.status, byOld.status, byNew.status]).toEqual([200 + 1, 401, 200]);
    expect(byOld.body.error_description).toMatch(/^Token was revoked/);
  });

  it('an expiry more than a year ahead is refused', async () => {
    const body = { expires_at: '2099-01-01' };
    const answer = await call(gitlab, 'POST', '/personal_access_tokens/self/rotate', body, as('maintainer'));
    expect(answer.status).toBe(400);
  });
});

describe('by version', () => {
  const grant = async (version: string) => {
    const other = await startGitLab({ version, env: { GITLAB_ROOT_PASSWORD: 'Correct-Horse-9' } });
    const body = new URLSearchParams({ grant_type: 'password', username: 'root', password: 'Correct-Horse-9' });
    const answer = await fetch(`${other.url}/oauth/token`, { method: 'POST', body });
    await other.stop();
    return answer.status;
  };

  it('the password grant works up to 18.x and is gone in 19.0', async () => {
    expect([await grant('15.11.0'), await grant('18.11.2'), await grant('19.0.0')]).toEqual([200, 200, 400]);
  });

  it.each([
    ['16.11.0', 201],
    ['17.0.0', 410],
    ['19.3.0', 410],
  ])('registration tokens in %s: %i', async (version, status) => {
    const other = await startGitLab({ version, env: { GITLAB_SHARED_RUNNERS_REGISTRATION_TOKEN: 'reg' } });
    const answer = await call(other, 'POST', '/runners', { token: 'reg' }, '');
    await other.stop();
    expect(answer.status).toBe(status);
  });

  it('CE has no group hooks at all, EE has', async () => {
    const ee = await startGitLab({ edition: 'ee' });
    for (const one of [gitlab, ee]) one.server.controls.addGroup('hooked');
    const onCe = await call(gitlab, 'GET', '/groups/hooked/hooks');
    const onEe = await call(ee, 'POST', '/groups/hooked/hooks', { url: 'http://example.com/h' });
    const version = await call(ee, 'GET', '/version');
    await ee.stop();
    expect([onCe.status, onCe.body]).toEqual([404, { error: '404 Not Found' }]);
    expect([onEe.status, onEe.body.group_id, version.body.enterprise]).toEqual([201, 2, true]);
  });
});
