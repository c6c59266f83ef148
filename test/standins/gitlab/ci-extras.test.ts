/** What people use beside pipelines: variables, retry, lint, labels. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, call, type StartedGitLab, startGitLab } from './start-gitlab.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever JSON came
type Any = any;

const CI = `
stages: [build, test]
make: { stage: build, script: [make] }
check: { stage: test, script: [make check] }
`;
const RUNNER = 'glrt-everythingAAAAAAAAAA';

let gitlab: StartedGitLab;
let at = '';
beforeEach(async () => {
  gitlab = await startGitLab();
  at = `/projects/${gitlab.server.controls.addProject('ops/demo').id}`;
  gitlab.server.controls.addRunner({ token: RUNNER });
});
afterEach(() => gitlab.stop());

const api = (method: string, path: string, body?: unknown, token?: string): Promise<Answer> =>
  call(gitlab, method, `${at}${path}`, body, token);
const push = (content = CI) =>
  api('POST', '/repository/commits', {
    branch: 'main',
    commit_message: 'change',
    actions: [{ action: 'create', file_path: '.gitlab-ci.yml', content }],
  });
const ask = () => call(gitlab, 'POST', '/jobs/request', { token: RUNNER, system_id: 's_1' }, '');
const end = ({ body }: Answer, state: string) =>
  call(gitlab, 'PUT', `/jobs/${body.id}`, { token: body.token, state }, '');
const statuses = async (query = '') =>
  (await api('GET', `/jobs${query}`)).body.map(({ name, status }: Any) => `${name}: ${status}`);

describe('CI variables', () => {
  it('are made, changed, listed and taken away; a name that is taken or none is refused', async () => {
    const made = await api('POST', '/variables', { key: 'DEPLOY_TO', value: 'here' });
    expect([made.status, made.body]).toMatchObject([201, { key: 'DEPLOY_TO', value: 'here', masked: false }]);
    expect((await api('POST', '/variables', { key: 'DEPLOY_TO', value: 'x' })).body.message).toEqual({
      key: ['(DEPLOY_TO) has already been taken'],
    });
    expect((await api('POST', '/variables', { key: 'A-B', value: 'x' })).status).toBe(400);
    expect((await api('PUT', '/variables/DEPLOY_TO', { value: 'there' })).body.value).toBe('there');
    expect((await api('GET', '/variables')).body).toHaveLength(1);
    expect((await api('DELETE', '/variables/DEPLOY_TO')).status).toBe(204);
    expect((await api('GET', '/variables/DEPLOY_TO')).body).toEqual({ message: '404 Variable Not Found' });
  });

  it('are masked only where a log could hide them', async () => {
    const short = await api('POST', '/variables', { key: 'A', value: 'short', masked: true });
    expect([short.status, short.body.message]).toEqual([400, { value: ['is invalid'] }]);
  });

  it('reach jobs, the protected ones those of the default branch', async () => {
    await api('POST', '/variables', { key: 'OPEN', value: 'yes' });
    await api('POST', '/variables', { key: 'SECRET', value: 'hidden-word', masked: true, protected: true });
    await push();
    const ofMain = (await ask()).body.variables;
    expect(ofMain).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: 'OPEN', value: 'yes', masked: false }),
        expect.objectContaining({ key: 'SECRET', value: 'hidden-word', masked: true, public: false }),
      ]),
    );
    await api('POST', '/repository/branches', { branch: 'feature', ref: 'main' });
    await api('POST', '/pipeline', { ref: 'feature' });
    const ofFeature = (await ask()).body.variables.map(({ key }: Any) => key);
    expect(ofFeature).toContain('OPEN');
    expect(ofFeature).not.toContain('SECRET');
  });

  it('are for Maintainers', async () => {
    gitlab.server.controls.addUser({ username: 'dan' });
    gitlab.server.controls.giveRole('dan', 'ops/demo', 'developer');
    expect((await api('GET', '/variables', undefined, gitlab.server.controls.addToken('dan'))).status).toBe(403);
  });
});

describe('retry', () => {
  it('of a failed job makes another one in its place, and what was skipped waits again', async () => {
    await push();
    const failed = await ask();
    await end(failed, 'failed');
    expect(await statuses()).toEqual(['check: skipped', 'make: failed']);
    const again = await api('POST', `/jobs/${failed.body.id}/retry`);
    expect([again.status, again.body.status, again.body.id === failed.body.id]).toEqual([201, 'pending', false]);
    expect(await statuses()).toEqual(['make: pending', 'check: created']);
    expect(await statuses('?include_retried=true')).toContain('make: failed');
    await end(await ask(), 'success');
    await end(await ask(), 'success');
    expect((await api('GET', '/pipelines')).body[0].status).toBe('success');
  });

  it('of a pipeline retries all that failed', async () => {
    await push();
    await end(await ask(), 'failed');
    const [{ id }] = (await api('GET', '/pipelines')).body;
    expect((await api('POST', `/pipelines/${id}/retry`)).body.status).toBe('pending');
  });

  it('of a job that runs, or was retried, is refused', async () => {
    await push();
    const job = await ask();
    expect((await api('POST', `/jobs/${job.body.id}/retry`)).status).toBe(403);
    await end(job, 'failed');
    await api('POST', `/jobs/${job.body.id}/retry`);
    expect((await api('POST', `/jobs/${job.body.id}/retry`)).status).toBe(403);
  });
});

describe('lint', () => {
  it('says whether a text is a pipeline, and why not', async () => {
    const lint = async (content: string) => (await api('POST', '/ci/lint', { content })).body;
    expect(await lint(CI)).toMatchObject({ valid: true, errors: [] });
    expect(await lint('make: { stage: none, script: [make] }')).toMatchObject({
      valid: false,
      errors: [expect.stringContaining('chosen stage none does not exist')],
    });
  });

  it('looks at what stands in the project', async () => {
    await push();
    expect((await api('GET', '/ci/lint')).body.valid).toBe(true);
  });
});

describe('labels', () => {
  it('are made, changed, listed and taken away; one name is one label', async () => {
    const { status, body } = await api('POST', '/labels', { name: 'bug', color: '#ff0000' });
    expect([status, body]).toMatchObject([201, { name: 'bug', color: '#ff0000', is_project_label: true }]);
    expect((await api('POST', '/labels', { name: 'bug', color: '#00ff00' })).status).toBe(409);
    expect((await api('PUT', '/labels/bug', { new_name: 'fault' })).body.name).toBe('fault');
    expect((await api('GET', '/labels')).body.map(({ name }: Any) => name)).toEqual(['fault']);
    expect((await api('DELETE', `/labels/${body.id}`)).status).toBe(204);
    expect((await api('GET', '/labels')).body).toEqual([]);
  });
});
