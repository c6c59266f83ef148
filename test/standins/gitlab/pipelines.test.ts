import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { have, leftOut } from '../../helpers/available.ts';
import { type Answer, call, type StartedGitLab, startGitLab } from './start-gitlab.ts';

const TWO_STAGES = `
stages: [build, test]
default:
  tags: [linux]
make:
  stage: build
  script: make
check:
  stage: test
  script: [make check]
  tags: [docker]
`;

let gitlab: StartedGitLab;
let at = '';
beforeEach(async () => {
  gitlab = await startGitLab();
  at = `/projects/${gitlab.server.controls.addProject('ops/demo').id}`;
});
afterEach(() => gitlab.stop());

const api = (method: string, path: string, body?: unknown, token?: string): Promise<Answer> =>
  call(gitlab, method, path, body, token);
const push = (files: Record<string, string>, action = 'create') =>
  api('POST', `${at}/repository/commits`, {
    branch: 'main',
    commit_message: 'change',
    actions: Object.entries(files).map(([file_path, content]) => ({ action, file_path, content })),
  });
const ask = (token: string) => api('POST', '/jobs/request', { token, system_id: 's_000000000001' }, '');
const end = (job: Answer, state: string) => api('PUT', `/jobs/${job.body.id}`, { token: job.body.token, state }, '');
const runner = (tags: readonly string[], more = {}) => {
  const token = `glrt-${tags.join('')}`.padEnd(25, 'x');
  gitlab.server.controls.addRunner({ token, tags, ...more });
  return token;
};
const statuses = async () =>
  Object.fromEntries(
    (await api('GET', `${at}/jobs`)).body.map((job: { name: string; status: string }) => [job.name, job.status]),
  );

describe('a pipeline that is canceled', () => {
  const askGracefully = (token: string) =>
    api('POST', '/jobs/request', { token, system_id: 's_1', info: { features: { cancel_gracefully: true } } }, '');
  const begun = async (take: (token: string) => Promise<Answer>) => {
    await push({ '.gitlab-ci.yml': TWO_STAGES });
    const job = await take(runner(['linux']));
    const [{ id }] = (await api('GET', `${at}/pipelines`)).body;
    const canceled = await api('POST', `${at}/pipelines/${id}/cancel`);
    return { job, id, status: canceled.body.status };
  };

  it('is canceling until its runner has ended the job, which it is asked to at its next word', async () => {
    const { job, id, status } = await begun(askGracefully);
    const during = await statuses();
    const told = await api('PUT', `/jobs/${job.body.id}`, { token: job.body.token, state: 'running' }, '');
    await end(job, 'failed');
    const after = (await api('GET', `${at}/pipelines/${id}`)).body.status;
    expect([status, during, told.headers.get('job-status')]).toEqual([
      'canceling',
      { make: 'canceling', check: 'canceled' },
      'canceling',
    ]);
    expect([after, await statuses()]).toEqual(['canceled', { make: 'canceled', check: 'canceled' }]);
  });

  it('is canceled at once where its runner does not say that it would', async () => {
    const { job, status } = await begun(ask);
    const refused = await end(job, 'success');
    expect([status, refused.status, refused.headers.get('job-status')]).toEqual(['canceled', 403, 'canceled']);
  });
});

describe('a pipeline', () => {
  it('comes of a push of .gitlab-ci.yml; later stages wait for earlier ones', async () => {
    await push({ '.gitlab-ci.yml': TWO_STAGES });
    const first = await statuses();
    const job = await ask(runner(['linux']));
    await end(job, 'success');
    expect([first, await statuses()]).toEqual([
      { make: 'pending', check: 'created' },
      { make: 'success', check: 'pending' },
    ]);
  });

  it('takes whole seconds, and has waited for none where it was less than one', async () => {
    await push({ '.gitlab-ci.yml': 'make:\n  script: make\n  tags: [linux]\n' });
    await end(await ask(runner(['linux'])), 'success');
    const [{ id }] = (await api('GET', `${at}/pipelines`)).body;
    const { duration, queued_duration: queued } = (await api('GET', `${at}/pipelines/${id}`)).body;
    expect(Number.isInteger(duration)).toBe(true);
    expect(queued === null || (Number.isInteger(queued) && queued > 0)).toBe(true);
  });

  it('a failed job fails the pipeline and later stages are skipped', async () => {
    await push({ '.gitlab-ci.yml': TWO_STAGES });
    await end(await ask(runner(['linux'])), 'failed');
    const [pipeline] = (await api('GET', `${at}/pipelines`)).body;
    expect([pipeline.status, await statuses()]).toEqual(['failed', { make: 'failed', check: 'skipped' }]);
  });

  it('jobs go to runners that have all their tags', async () => {
    await push({ '.gitlab-ci.yml': TWO_STAGES });
    const other = await ask(runner(['docker']));
    const fitting = await ask(runner(['docker', 'linux']));
    expect([other.status, fitting.status]).toEqual([204, 201]);
  });

  it('a job without tags goes only to runners that take such', async () => {
    await push({ '.gitlab-ci.yml': 'any:\n  script: echo\n' });
    const picky = await ask(runner(['linux'], { runUntagged: false }));
    const willing = await ask(runner(['docker']));
    expect([picky.status, willing.status]).toEqual([204, 201]);
  });

  it('a paused runner gets nothing', async () => {
    await push({ '.gitlab-ci.yml': 'any:\n  script: echo\n' });
    expect((await ask(runner([], { paused: true }))).status).toBe(204);
  });

  it('a job is given away once', async () => {
    await push({ '.gitlab-ci.yml': 'any:\n  script: echo\n' });
    const token = runner([]);
    const [first, second] = await Promise.all([ask(token), ask(token)]);
    expect([first.status, second.status].sort()).toEqual([201, 204]);
  });

  it('can be asked for by branch, and is refused for an unknown one or without a file', async () => {
    const unknown = await api('POST', `${at}/pipeline`, { ref: 'main' });
    await push({ 'README.md': 'x' });
    const without = await api('POST', `${at}/pipeline`, { ref: 'main' });
    await push({ '.gitlab-ci.yml': 'any:\n  script: echo\n' });
    const made = await api('POST', `${at}/pipeline`, { ref: 'main' });
    expect(unknown.body).toEqual({ message: { base: ['Reference not found'] } });
    expect(without.body).toEqual({ message: { base: ['Missing CI config file'] } });
    expect([made.status, made.body.source, made.body.status]).toEqual([201, 'api', 'pending']);
  });

  it.each([
    ['no YAML', 'a: [', /\.gitlab-ci\.yml/],
    ['no script', 'job:\n  tags: [a]\n', /should implement the script/],
    ['an unknown stage', 'job:\n  stage: nowhere\n  script: x\n', /stage nowhere does not exist/],
    ['no job', 'stages: [a]\n', /at least one visible job/],
  ])('a pushed file with %s makes a failed pipeline that says why', async (_what, text, reason) => {
    await push({ '.gitlab-ci.yml': text });
    const [{ id }] = (await api('GET', `${at}/pipelines`)).body;
    const pipeline = (await api('GET', `${at}/pipelines/${id}`)).body;
    expect([pipeline.status, pipeline.yaml_errors]).toEqual(['failed', expect.stringMatching(reason)]);
  });

  it('a log goes on where it ended, else 416 says where that is', async () => {
    await push({ '.gitlab-ci.yml': 'any:\n  script: echo\n' });
    const job = (await ask(runner([]))).body;
    const patch = (range: string, body: string) =>
      fetch(`${gitlab.url}/api/v4/jobs/${job.id}/trace`, {
        method: 'PATCH',
        headers: { 'JOB-TOKEN': job.token, 'Content-Range': range, 'Content-Type': 'text/plain' },
        body,
      });
    const first = await patch('0-4', 'hello');
    const gap = await patch('9-11', 'xxx');
    expect([first.status, gap.status, gap.headers.get('range')]).toEqual([202, 416, '0-5']);
  });

  it('a job’s token dies with the job', async () => {
    await push({ '.gitlab-ci.yml': 'any:\n  script: echo\n' });
    const job = await ask(runner([]));
    await end(job, 'success');
    expect((await end(job, 'failed')).status).toBe(403);
  });
});

describe('the repository', () => {
  it('is one that the real git reads: same commits, same files', async () => {
    if (!have('git')) return leftOut('git reads the stand-in’s repositories', 'there is no git here');
    await push({ 'README.md': 'hello\n', 'src/deep/er/a.txt': 'a', 'src-b': 'b', 'src.c': 'c' });
    const commit = await push({ 'README.md': 'changed\n' }, 'update');
    const dir = mkdtempSync(join(tmpdir(), 'clone-'));
    const url = gitlab.url.replace('http://', `http://oauth2:${gitlab.token}@`);
    // The stand-in answers in this very process, so git must not block it.
    const git = async (...args: string[]) => (await promisify(execFile)('git', args, { cwd: dir })).stdout;
    await git('clone', '-q', `${url}/ops/demo.git`, '.');
    const seen = {
      head: (await git('rev-parse', 'HEAD')).trim(),
      readme: readFileSync(join(dir, 'README.md'), 'utf8'),
    };
    const faults = await git('fsck', '--strict', '--no-dangling');
    rmSync(dir, { recursive: true });
    expect(seen).toEqual({ head: commit.body.id, readme: 'changed\n' });
    expect(faults).toBe('');
  });

  it('refuses to create what is there, and to change what is not', async () => {
    await push({ 'README.md': 'x' });
    const twice = await push({ 'README.md': 'y' });
    const missing = await push({ 'other.md': 'y' }, 'update');
    expect([twice.body.message, missing.body.message]).toEqual([
      'A file with this name already exists',
      "A file with this name doesn't exist",
    ]);
  });

  it.each(['../outside', '.git/config', '/etc/passwd', 'a//b'])('refuses the path %s', async (path) => {
    expect((await push({ [path]: 'x' })).status).toBe(400);
  });

  it.each(['../../etc', 'a..b', 'x.lock', '.hidden', 'a b'])('refuses the branch %s', async (branch) => {
    const answer = await api('POST', `${at}/repository/commits`, {
      branch,
      commit_message: 'x',
      actions: [{ action: 'create', file_path: 'a', content: 'b' }],
    });
    expect(answer.status).toBe(400);
  });
});
