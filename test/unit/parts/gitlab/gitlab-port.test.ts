/** One suite over the GitLab in memory that job tests use and over our client on a stand-in: both keep the same rules. */
import { describe, expect, it } from 'vitest';
import { createHttp } from '../../../../src/adapters/http.ts';
import type { HookEvent, HookWanted } from '../../../../src/contracts/forge.ts';
import { createGitLab } from '../../../../src/parts/gitlab/client/gitlab.ts';
import type { GitLabClient } from '../../../../src/parts/gitlab/gitlab.ts';
import { Secret } from '../../../../src/values/secret.ts';
import { failure } from '../../../builders/gitlab-jobs.ts';
import { createFakeGitLab } from '../../../fakes/fake-gitlab.ts';
import { createVirtualClock } from '../../../fakes/virtual-clock.ts';
import { atEnd } from '../../../helpers/at-end.ts';
import { startGitLab } from '../../../standins/gitlab/start-gitlab.ts';

type Version = '16.8.0' | '18.0.0' | '19.3.0';

const onStandin = async (version: Version): Promise<GitLabClient> => {
  const gitlab = await startGitLab({ version });
  atEnd(() => gitlab.stop());
  return createGitLab(createHttp(), createVirtualClock()).connect({ url: gitlab.url, token: new Secret(gitlab.token) });
};

const inMemory = async (version: Version): Promise<GitLabClient> => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return createFakeGitLab({ version: [major, minor] }).connect({ url: 'http://gitlab' });
};

const signal = new AbortController().signal;
const PROJECT = { kind: 'project', id: 'ops/app' } as const;

const hook = (events: readonly HookEvent[] = ['push'], url = 'https://chat.example.com/hooks/a/b'): HookWanted => ({
  name: 'ours #ci',
  description: 'described',
  url: new Secret(url),
  secret: new Secret('secret'),
  events,
});

const runner = { description: 'ops runner', tags: ['docker'], runUntagged: true, maintenanceNote: 'ours' };

const withProject = async (make: (version: Version) => Promise<GitLabClient>, version: Version = '19.3.0') => {
  const client = await make(version);
  await client.createGroup('ops', 'ours', signal);
  const project = await client.createProject('ops/app', 'ours', signal);
  return { client, project };
};

const hooksOf = async (client: GitLabClient) => {
  const hooks = await client.listHooks(PROJECT, signal);
  return hooks === 'unsupported' ? [] : hooks;
};

describe.each([
  ['our client on a stand-in', onStandin],
  ['the GitLab in memory', inMemory],
])('%s', (_name, make) => {
  it('knows its version and edition', async () => {
    expect(await (await make('18.0.0')).version(signal)).toEqual({
      text: '18.0.0',
      major: 18,
      minor: 0,
      enterprise: false,
    });
  });

  it('finds groups and projects by path, and undefined where there is none', async () => {
    const { client, project } = await withProject(make);
    expect(await client.findGroup('ops', signal)).toMatchObject({ path: 'ops' });
    expect(await client.findGroup('none', signal)).toBeUndefined();
    expect(await client.findProject('ops/app', signal)).toEqual(project);
    expect(await client.findProject('ops/none', signal)).toBeUndefined();
    expect(await client.listProjects(signal)).toEqual([project]);
  });

  it('searches projects by a part of their name', async () => {
    const { client, project } = await withProject(make);
    expect(await client.searchProjects('app', signal)).toEqual([project]);
    expect(await client.searchProjects('chatops-smoke-', signal)).toEqual([]);
  });

  it('makes projects empty, with our description; the first file gives them a branch', async () => {
    const { client, project } = await withProject(make);
    expect(project).toMatchObject({ description: 'ours', defaultBranch: undefined });
    await client.addFile(
      'ops/app',
      { path: '.gitlab-ci.yml', branch: 'main', content: 'a: {script: b}', message: 'm' },
      signal,
    );
    expect((await client.findProject('ops/app', signal))?.defaultBranch).toBe('main');
  });

  it('reads a file of a branch, and changes one that is there', async () => {
    const { client } = await withProject(make);
    const file = { path: '.gitlab-ci.yml', branch: 'main', content: 'a: {script: "ä"}\n', message: 'm' };
    await client.addFile('ops/app', file, signal);
    expect(await client.readFile('ops/app', file.path, 'main', signal)).toBe(file.content);
    await client.changeFile('ops/app', { ...file, content: 'b: {script: c}\n' }, signal);
    expect(await client.readFile('ops/app', file.path, 'main', signal)).toBe('b: {script: c}\n');
    expect(await client.readFile('ops/app', 'README.md', 'main', signal)).toBeUndefined();
  });

  it('runs a pipeline where there is something to run', async () => {
    const { client } = await withProject(make);
    expect(await client.createPipeline('ops/app', 'main', signal)).toBeUndefined();
    await client.addFile(
      'ops/app',
      { path: '.gitlab-ci.yml', branch: 'main', content: 'a: {script: b}', message: 'm' },
      signal,
    );
    const made = await client.createPipeline('ops/app', 'main', signal);
    expect((await client.showPipeline('ops/app', made?.id ?? 0, signal)).id).toBe(made?.id);
  });

  it('replaces the outbound list as a whole', async () => {
    const client = await make('19.3.0');
    await client.setOutboundAllowList(['a:1', 'b:2'], signal);
    await client.setOutboundAllowList(['c:3'], signal);
    expect(await client.outboundAllowList(signal)).toEqual(['c:3']);
  });

  it('keeps a hook with exactly the events asked for, and shows everything but the secret', async () => {
    const { client } = await withProject(make);
    const { id } = await client.createHook(PROJECT, hook(['issues', 'pipeline']), signal);
    const [seen] = await hooksOf(client);
    expect(seen).toMatchObject({
      id,
      name: 'ours #ci',
      description: 'described',
      off: undefined,
      tokenPresent: true,
    });
    expect(seen?.url.reveal()).toBe('https://chat.example.com/hooks/a/b');
    const on = Object.entries(seen?.events ?? {}).flatMap(([event, isOn]) => (isOn ? [event] : []));
    expect(on.toSorted()).toEqual(['issues', 'pipeline']);
    expect(seen?.otherEvents).toEqual([]);
  });

  it('makes two hooks of one address when asked twice: nothing is unique', async () => {
    const { client } = await withProject(make);
    await client.createHook(PROJECT, hook(), signal);
    await client.createHook(PROJECT, hook(), signal);
    expect(await hooksOf(client)).toHaveLength(2);
  });

  it('changes a hook and keeps its secret although the address is another', async () => {
    const { client } = await withProject(make);
    const { id } = await client.createHook(PROJECT, hook(), signal);
    await client.updateHook(PROJECT, id, hook(['note'], 'https://chat.example.com/other'), signal);
    expect(await hooksOf(client)).toMatchObject([{ id, tokenPresent: true, events: { push: false, note: true } }]);
  });

  it('shows no names below 17.1, and of the secret from 19.0 on', async () => {
    const old = await withProject(make, '16.8.0');
    await old.client.createHook(PROJECT, hook(), signal);
    expect((await hooksOf(old.client))[0]).toMatchObject({
      name: undefined,
      description: undefined,
      tokenPresent: undefined,
    });
    const newer = await withProject(make, '18.0.0');
    await newer.client.createHook(PROJECT, hook(['push', 'milestone']), signal);
    const [seen] = await hooksOf(newer.client);
    expect(seen).toMatchObject({ name: 'ours #ci', tokenPresent: undefined });
    expect(seen?.events.milestone).toBeUndefined();
  });

  it('has hooks of groups in paid editions only', async () => {
    const { client } = await withProject(make);
    expect(await client.listHooks({ kind: 'group', id: 'ops' }, signal)).toBe('unsupported');
  });

  it('deletes a hook', async () => {
    const { client } = await withProject(make);
    const { id } = await client.createHook(PROJECT, hook(), signal);
    await client.deleteHook(PROJECT, id, signal);
    expect(await hooksOf(client)).toEqual([]);
  });

  it('keeps hooks of the instance apart', async () => {
    const { client } = await withProject(make);
    const { id } = await client.createHook({ kind: 'instance' }, hook(), signal);
    await client.updateHook({ kind: 'instance' }, id, hook(['tag_push']), signal);
    expect(await client.listHooks({ kind: 'instance' }, signal)).toMatchObject([{ id, name: 'ours #ci' }]);
    expect(await hooksOf(client)).toEqual([]);
  });

  it('shows the token of a runner once; a reset kills the old one', async () => {
    const client = await make('19.3.0');
    const { id, token } = await client.createRunner({ kind: 'instance' }, runner, signal);
    expect(await client.verifyRunner(token, signal)).toEqual({ kind: 'alive', id, expiresAt: undefined });
    const next = await client.resetRunnerToken(id, signal);
    expect(await client.verifyRunner(token, signal)).toEqual({ kind: 'dead' });
    expect(await client.verifyRunner(next.token, signal)).toEqual({ kind: 'alive', id, expiresAt: undefined });
  });

  it('shows a runner with its note, which lists leave out, and changes it', async () => {
    const client = await make('19.3.0');
    const { id } = await client.createRunner({ kind: 'instance' }, runner, signal);
    await client.editRunner(id, { ...runner, tags: ['a', 'b'], runUntagged: false }, signal);
    expect(await client.showRunner(id, signal)).toEqual({
      id,
      description: 'ops runner',
      type: 'instance',
      tags: ['a', 'b'],
      runUntagged: false,
      maintenanceNote: 'ours',
    });
    expect(await client.showRunner(id + 1, signal)).toBeUndefined();
  });

  it('deletes a runner, whose token is valid no more; again is fine', async () => {
    const client = await make('19.3.0');
    const { id, token } = await client.createRunner({ kind: 'instance' }, runner, signal);
    await client.deleteRunner(id, signal);
    await client.deleteRunner(id, signal);
    expect(await client.showRunner(id, signal)).toBeUndefined();
    expect(await client.verifyRunner(token, signal)).toEqual({ kind: 'dead' });
  });

  it('lists runners by what they are for', async () => {
    const { client, project } = await withProject(make);
    await client.createRunner({ kind: 'instance' }, runner, signal);
    await client.createRunner({ kind: 'project', id: project.id }, runner, signal);
    expect(await client.listRunners({ kind: 'project', id: project.id }, signal)).toMatchObject([{ type: 'project' }]);
    expect(await client.listRunners({ kind: 'instance' }, signal)).toMatchObject([{ type: 'instance' }]);
    expect(await client.listRunners({ kind: 'visible' }, signal)).toHaveLength(2);
  });
});

describe('our client on a stand-in, beyond that', () => {
  it('deleting a hook that is gone is fine', async () => {
    const { client } = await withProject(onStandin);
    await client.deleteHook(PROJECT, 4711, signal);
    expect(await hooksOf(client)).toEqual([]);
  });

  it('lists what it may see where only an administrator may list all runners', async () => {
    const gitlab = await startGitLab();
    atEnd(() => gitlab.stop());
    const { controls } = gitlab.server;
    controls.addProject('ops/app');
    controls.addUser({ username: 'mia', name: 'Mia', email: 'mia@example.org', password: 'Correct-Horse-7' });
    controls.giveRole('mia', 'ops/app', 'maintainer');
    const token = new Secret(controls.addToken('mia'));
    const client = createGitLab(createHttp(), createVirtualClock()).connect({ url: gitlab.url, token });
    const project = await client.findProject('ops/app', signal);
    await client.createRunner({ kind: 'project', id: project?.id ?? 0 }, runner, signal);
    expect(await client.listRunners({ kind: 'visible' }, signal)).toHaveLength(1);
    const error = await failure(client.listRunners({ kind: 'instance' }, signal));
    expect(error.why).toContain('administrator');
  });

  it('reports what a test delivery came to', async () => {
    const { client } = await withProject(onStandin);
    const { id } = await client.createHook(PROJECT, hook(), signal);
    expect((await client.testHook(PROJECT, id, 'pipeline', signal)).kind).toBe('no-data');
    expect((await client.testHook(PROJECT, id, 'deployment', signal)).kind).toBe('no-data');
  });
});
