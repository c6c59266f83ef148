/** Commits that are made through the API. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, call, type StartedGitLab, startGitLab } from './start-gitlab.ts';

let gitlab: StartedGitLab;
let at = '';
beforeEach(async () => {
  gitlab = await startGitLab();
  at = `/projects/${gitlab.server.controls.addProject('ops/demo').id}/repository`;
  await commit({ branch: 'main', actions: [write('create', 'a.txt', 'one'), write('create', 'b.txt', 'two')] });
});
afterEach(() => gitlab.stop());

const write = (action: string, file_path: string, content: string) => ({ action, file_path, content });
const commit = (body: object): Promise<Answer> =>
  call(gitlab, 'POST', `${at}/commits`, { commit_message: 'change', ...body });
const textOf = async (path: string, ref: string): Promise<string> => {
  const { body } = await call(gitlab, 'GET', `${at}/files/${encodeURIComponent(path)}?ref=${ref}`);
  return Buffer.from(body.content, 'base64').toString();
};

describe('a commit that begins a branch', () => {
  it('changes files of where it starts, and keeps the others', async () => {
    const made = await commit({ branch: 'topic', start_branch: 'main', actions: [write('update', 'a.txt', 'three')] });
    expect(made.status).toBe(201);
    expect([await textOf('a.txt', 'topic'), await textOf('b.txt', 'topic')]).toEqual(['three', 'two']);
    expect(await textOf('a.txt', 'main')).toBe('one');
  });

  it('is refused a file that is there where it starts', async () => {
    const made = await commit({ branch: 'topic', start_branch: 'main', actions: [write('create', 'a.txt', 'three')] });
    expect([made.status, made.body.message]).toEqual([400, 'A file with this name already exists']);
  });
});
