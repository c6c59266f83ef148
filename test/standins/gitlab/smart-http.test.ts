/** Git itself over the stand-in's HTTP: what it fetches, and what it is told where it may not. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { have, leftOut } from '../../helpers/available.ts';
import { call, type StartedGitLab, startGitLab } from './start-gitlab.ts';

const run = promisify(execFile);

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
