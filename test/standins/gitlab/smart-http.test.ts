/** Git itself over the stand-in's HTTP: what it fetches, and what it is told where it may not. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { have, leftOut } from '../../helpers/available.ts';
import { call, type StartedGitLab, startGitLab } from './start-gitlab.ts';
import { type Receiver, startReceiver } from './start-receiver.ts';

const run = promisify(execFile);
// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever JSON came
type Payload = any;

const installed = have('git');
if (!installed) leftOut('git over HTTP against the GitLab stand-in', 'there is no git');

describe.runIf(installed)('git, over HTTP with a token', () => {
  let gitlab: StartedGitLab;
  const remote = (path: string, token: string): string =>
    `${gitlab.url.replace('://', `://somebody:${token}@`)}/${path}.git`;
  const lsRemote = (url: string): Promise<string> =>
    run('git', ['ls-remote', url], { env: { ...process.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' } }).then(
      ({ stdout }) => stdout,
      ({ stderr }: { stderr: string }) => stderr,
    );

  beforeAll(async () => {
    gitlab = await startGitLab();
    gitlab.server.controls.addProject('ops/app');
    gitlab.server.controls.addUser({ username: 'stranger' });
    await call(gitlab, 'POST', '/projects/ops%2Fapp/repository/commits', {
      branch: 'main',
      commit_message: 'Begin',
      actions: [{ action: 'create', file_path: 'README.md', content: 'hello' }],
    });
  });
  afterAll(() => gitlab.stop());

  it('lists the branches of a project', async () => {
    expect(await lsRemote(remote('ops/app', gitlab.token))).toMatch(/^[0-9a-f]{40}\trefs\/heads\/main$/m);
  });

  it('is told that a project is not there, or not to be seen, in one and the same way', async () => {
    const stranger = gitlab.server.controls.addToken('stranger');
    for (const url of [remote('ops/none', gitlab.token), remote('ops/app', stranger)]) {
      expect(await lsRemote(url)).toMatch(/not found|could not be found/);
    }
  });

  it('is denied with a token that nobody has', async () => {
    expect(await lsRemote(remote('ops/app', 'glpat-unknown'))).toMatch(/Authentication failed|Access denied/);
  });
});

describe.runIf(installed)('git push, over HTTP with a token', () => {
  let gitlab: StartedGitLab;
  let receiver: Receiver;
  let folder: string;
  const git = (...args: string[]) =>
    run('git', ['-C', folder, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], {
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
    }).then(
      ({ stdout, stderr }) => ({ failed: false, text: stdout + stderr }),
      ({ stdout, stderr }: { stdout: string; stderr: string }) => ({ failed: true, text: stdout + stderr }),
    );
  const commit = async (path: string, content: string) => {
    writeFileSync(join(folder, path), content);
    await git('add', '.');
    await git('commit', '-m', `Write ${path}`);
  };
  const remote = (token: string): string => `${gitlab.url.replace('://', `://ada:${token}@`)}/ops/app.git`;
  const api = (path: string, method = 'GET', body?: unknown) =>
    call(gitlab, method, `/projects/ops%2Fapp${path}`, body);
  const pushed = async () => (await receiver.next(({ body }) => body.object_kind === 'push')).body;

  beforeEach(async () => {
    receiver = await startReceiver();
    gitlab = await startGitLab({ names: { 'receiver:80': receiver.port } });
    gitlab.server.controls.changeSettings({ allow_local_requests_from_web_hooks_and_services: true });
    gitlab.server.controls.addProject('ops/app');
    await api('/hooks', 'POST', { url: 'http://receiver/', push_events: true, tag_push_events: true });
    folder = mkdtempSync(join(tmpdir(), 'git-push-'));
    await git('init', '-q', '-b', 'main');
    await git('remote', 'add', 'origin', remote(gitlab.token));
  });
  afterEach(async () => {
    await gitlab.stop();
    await receiver.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('fills an empty project: files and commits are there, told to hooks, and a pipeline runs', async () => {
    await commit('README.md', 'hello\n');
    await commit('.gitlab-ci.yml', 'smoke:\n  script: [make]\n');
    expect((await git('push', 'origin', 'main')).failed).toBe(false);
    const { commits, total_commits_count: total, before, user_username: user } = await pushed();
    expect([total, before, user]).toEqual([2, '0'.repeat(40), 'root']);
    expect(commits.map(({ title, author, added }: Payload) => [title, author.name, added])).toEqual([
      ['Write README.md', 'Ada', ['README.md']],
      ['Write .gitlab-ci.yml', 'Ada', ['.gitlab-ci.yml']],
    ]);
    expect((await api('/repository/files/README.md/raw')).text).toBe('hello\n');
    expect((await api('/pipelines')).body).toMatchObject([{ ref: 'main', status: 'pending' }]);
  });

  it('goes on from what was committed by the API, and the API from what was pushed', async () => {
    const add = (file: string) =>
      api('/repository/commits', 'POST', {
        branch: 'main',
        commit_message: `Add ${file}`,
        actions: [{ action: 'create', file_path: file, content: file }],
      });
    await add('one');
    await git('pull', '-q', 'origin', 'main');
    await commit('two', 'two');
    expect((await git('push', 'origin', 'main')).failed).toBe(false);
    await add('three');
    await git('pull', '-q', 'origin', 'main');
    expect(readdirSync(folder).toSorted()).toEqual(['.git', 'one', 'three', 'two']);
  });

  it('is refused where it does not go on from what is there', async () => {
    await commit('README.md', 'hello\n');
    await git('push', 'origin', 'main');
    await git('commit', '--amend', '-m', 'Another beginning');
    expect(await git('push', 'origin', 'main')).toMatchObject({
      failed: true,
      text: expect.stringContaining('rejected'),
    });
    expect((await api('/repository/commits')).body.map(({ title }: Payload) => title)).toEqual(['Write README.md']);
    expect((await git('push', '--force', 'origin', 'main')).failed).toBe(false);
    expect((await api('/repository/commits')).body.map(({ title }: Payload) => title)).toEqual(['Another beginning']);
  });

  it('makes tags and takes branches away', async () => {
    await commit('README.md', 'hello\n');
    await git('tag', '-a', 'v1', '-m', 'first');
    await git('push', 'origin', 'main', 'main:refs/heads/feature', 'v1');
    expect((await api('/repository/tags')).body.map(({ name }: Payload) => name)).toEqual(['v1']);
    await git('push', 'origin', ':feature');
    expect((await api('/repository/branches')).body.map(({ name }: Payload) => name)).toEqual(['main']);
    const tag = (await receiver.next(({ body }) => body.object_kind === 'tag_push')).body;
    expect([tag.ref, tag.before]).toEqual(['refs/tags/v1', '0'.repeat(40)]);
  });

  it('wants a Developer, and a token that may write', async () => {
    const { controls } = gitlab.server;
    for (const username of ['rita', 'dan']) controls.addUser({ username });
    controls.giveRole('rita', 'ops/app', 'reporter');
    controls.giveRole('dan', 'ops/app', 'developer');
    await commit('README.md', 'hello\n');
    const outcomes = [];
    for (const token of [
      controls.addToken('rita'),
      controls.addToken('dan', { scopes: ['read_repository'] }),
      controls.addToken('dan', { scopes: ['write_repository'] }),
    ])
      outcomes.push((await git('push', remote(token), 'main')).failed);
    expect(outcomes).toEqual([true, true, false]);
  });
});

describe('calls of other programs', () => {
  let gitlab: StartedGitLab;
  beforeAll(async () => {
    gitlab = await startGitLab();
    gitlab.server.controls.addProject('ops/app');
  });
  afterAll(() => gitlab.stop());

  it('an edit of a group takes what it does not know for nothing', async () => {
    const edited = await call(gitlab, 'PUT', '/groups/ops', { auto_devops_enabled: false });
    expect([edited.status, edited.body.full_path]).toEqual([200, 'ops']);
  });

  it('a project that was never imported says so', async () => {
    const { status, body } = await call(gitlab, 'GET', '/projects/ops%2Fapp/import');
    expect([status, body.path_with_namespace, body.import_status]).toEqual([200, 'ops/app', 'none']);
  });
});
