/** The stand-in judged by `@gitbeaker/rest`, whose authors know nothing of it. */
import { GitbeakerRequestError, GitbeakerRetryError, Gitlab } from '@gitbeaker/rest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StartedGitLab, startGitLab } from '../../standins/gitlab/start-gitlab.ts';
import { type Receiver, startReceiver } from '../../standins/gitlab/start-receiver.ts';

let gitlab: StartedGitLab;
let receiver: Receiver;
let api: InstanceType<typeof Gitlab>;
let projectId = 0;

beforeEach(async () => {
  receiver = await startReceiver();
  gitlab = await startGitLab({ names: { 'rocketchat:3000': receiver.port } });
  api = new Gitlab({ host: gitlab.url, token: gitlab.token });
  projectId = gitlab.server.controls.addProject('ops/demo').id;
});
afterEach(async () => {
  await gitlab.stop();
  await receiver.stop();
});

const HOOK = 'http://rocketchat:3000/hooks/a/b';
const allow = () => api.ApplicationSettings.edit({ outboundLocalRequestsWhitelist: ['rocketchat:3000'] } as never);
/** The client's method that a resource lacks. */
const requesterOf = (resource: unknown) =>
  (resource as { requester: { post(path: string, options: unknown): Promise<{ status: number; body: unknown }> } })
    .requester;

describe('who am I', () => {
  it('version, token and user', async () => {
    const metadata = await api.Metadata.show();
    const self = await api.PersonalAccessTokens.show();
    const user = await api.Users.showCurrentUser();
    expect([metadata.version, self.active, user.username]).toEqual(['19.3.0', true, 'root']);
  });
});

describe('everything behind pages is found', () => {
  it('250 projects by offset and by keyset', async () => {
    for (let count = 0; count < 250; count += 1) gitlab.server.controls.addProject(`many/p${count}`);
    const keyset = await api.Projects.all({ perPage: 100, pagination: 'keyset', orderBy: 'id', sort: 'asc' } as never);
    const offset = await api.Projects.all({ perPage: 100, pagination: 'offset' } as never);
    const ofGroup = await api.Groups.allProjects('many', { perPage: 20, includeSubgroups: true } as never);
    expect([keyset, offset].map((found) => new Set(found.map(({ id }) => id)).size)).toEqual([251, 251]);
    expect(new Set(ofGroup.map(({ id }) => id)).size).toBe(250);
  });

  it('250 runners and 45 hooks, with the numbers of pages', async () => {
    await allow();
    for (let count = 0; count < 250; count += 1)
      gitlab.server.controls.addRunner({ token: `glrt-${count}`, description: `r${count}` });
    for (let count = 0; count < 45; count += 1) await api.ProjectHooks.add(projectId, HOOK);
    const runners = await api.Runners.all();
    const hooks = await api.ProjectHooks.all('ops/demo');
    const expanded: unknown = await api.ProjectHooks.all(projectId, { showExpanded: true, page: 1 } as never);
    expect([runners.length, hooks.length]).toEqual([250, 45]);
    expect(expanded).toMatchObject({ paginationInfo: { total: 45, totalPages: 3, current: 1 } });
  });
});

describe('hooks', () => {
  it('are refused, allowed, made, edited, tried and deleted', async () => {
    const refused = await api.ProjectHooks.add(projectId, HOOK).catch((error: unknown) => error);
    await allow();
    await api.Commits.create(projectId, 'main', 'first', [{ action: 'create', filePath: 'a', content: 'b' }]);
    const hook = await api.ProjectHooks.add(projectId, HOOK, {
      token: 'secret',
      pipelineEvents: true,
      pushEvents: false,
    });
    const edited = await api.ProjectHooks.edit(projectId, hook.id, HOOK, { pushEvents: true, token: 'secret' });
    const tried = await requesterOf(api.ProjectHooks).post(`${projectId}/hooks/${hook.id}/test/push_events`, {
      body: {},
    });
    const shown = await api.ProjectHooks.show(projectId, hook.id);
    await api.ProjectHooks.remove(projectId, hook.id);
    const left = await api.ProjectHooks.all(projectId);

    expect(refused).toBeInstanceOf(GitbeakerRequestError);
    expect((refused as GitbeakerRequestError).message).toBe('Invalid url given');
    expect([hook.pipeline_events, edited.push_events, tried.status, shown.alert_status, left]).toEqual([
      true,
      true,
      201,
      'executable',
      [],
    ]);
    expect(receiver.received[0]?.headers['x-gitlab-token']).toBe('secret');
  });

  it('SystemHooks.show fires a delivery', async () => {
    const hook = await api.SystemHooks.create(HOOK, { pushEvents: false } as never);
    await api.SystemHooks.show(hook.id);
    expect(receiver.received.map(({ body }) => body.event_name)).toEqual(['project_create']);
  });

  it('of groups: no such route in CE', async () => {
    gitlab.server.controls.addGroup('other');
    const refused = (await api.GroupHooks.all('other').catch((error: unknown) => error)) as GitbeakerRequestError;
    expect([refused.cause?.response.status, refused.message]).toEqual([404, '404 Not Found']);
  });
});

describe('runners', () => {
  it('are created, verified, reset, edited and removed', async () => {
    const made = await api.Users.createCIRunner('instance_type', {
      description: 'ours',
      tagList: ['docker'] as never,
      runUntagged: false,
    });
    const token = String(made.token);
    await api.Runners.verify({ token, systemId: 's_000000000001' } as never);
    const edited = await api.Runners.edit(made.id, { tagList: ['docker', 'linux'] as never });
    const reset = await requesterOf(api.Runners).post(`runners/${made.id}/reset_authentication_token`, { body: {} });
    const dead = await api.Runners.verify({ token } as never).catch((error: unknown) => error);
    await api.Runners.remove({ runnerId: made.id });
    const left = await api.Runners.all();
    expect(edited.tag_list).toEqual(['docker', 'linux']);
    expect((reset.body as { token: string }).token).toMatch(/^glrt-/);
    expect((dead as GitbeakerRequestError).cause?.response.status).toBe(403);
    expect(left).toEqual([]);
  });
});

describe('families of errors', () => {
  it('a 429 that lasts ends in GitbeakerRetryError in no time', async () => {
    gitlab.server.faults.add({
      match: 'GET /api/v4/user$',
      times: 20,
      effect: { kind: 'status', status: 429, body: 'Retry later\n' },
    });
    await expect(api.Users.showCurrentUser()).rejects.toBeInstanceOf(GitbeakerRetryError);
  });

  it('a 502 after a create is repeated by the client, and two objects are there', async () => {
    gitlab.server.faults.add({
      match: 'POST /api/v4/user/runners',
      afterWork: true,
      effect: { kind: 'html', status: 502 },
    });
    await api.Users.createCIRunner('instance_type', { description: 'twice' });
    expect(await api.Runners.all()).toHaveLength(2);
  });

  it('a page labelled JSON is a SyntaxError', async () => {
    gitlab.server.faults.add({
      match: 'GET /api/v4/user$',
      effect: { kind: 'status', status: 200, body: '<html>', headers: { 'Content-Type': 'application/json' } },
    });
    await expect(api.Users.showCurrentUser()).rejects.toBeInstanceOf(SyntaxError);
  });

  it('a 500 page is a GitbeakerRequestError with its status', async () => {
    gitlab.server.faults.add({ match: 'GET /api/v4/user$', effect: { kind: 'html', status: 500 } });
    const error = (await api.Users.showCurrentUser().catch((thrown: unknown) => thrown)) as GitbeakerRequestError;
    expect(error.cause?.response.status).toBe(500);
  });

  it('a wrong token is 401 with its text', async () => {
    const other = new Gitlab({ host: gitlab.url, token: 'nonsense' });
    const error = (await other.Users.showCurrentUser().catch((thrown: unknown) => thrown)) as GitbeakerRequestError;
    expect([error.cause?.response.status, error.message]).toEqual([401, '401 Unauthorized']);
  });
});

describe('projects and pipelines', () => {
  it('a group, a project in it, a pipeline by hand', async () => {
    const group = await api.Groups.create('Team', 'team');
    const project = await api.Projects.create({ name: 'App', namespaceId: group.id, initializeWithReadme: true });
    await api.RepositoryFiles.create(project.id, '.gitlab-ci.yml', 'main', 'smoke:\n  script: echo\n', 'ci');
    const pipeline = await api.Pipelines.create(project.id, 'main');
    const jobs = await api.Jobs.all(project.id, { pipelineId: pipeline.id } as never);
    const file = await api.RepositoryFiles.show(project.id, 'README.md', 'main');
    expect([project.path_with_namespace, pipeline.status, jobs.map(({ name }) => name)]).toEqual([
      'team/app',
      'pending',
      ['smoke'],
    ]);
    expect(Buffer.from(file.content, 'base64').toString()).toBe('# App\n');
  });
});
