/** Commits, files, branches and tags through the API (gl:lib/api/commits.rb, files.rb, branches.rb, tags.rb). */

import { ROLE, wantedProject } from '../access.ts';
import { pushCommit } from '../ci/push.ts';
import { commitEntity, titleOf } from '../entities.ts';
import { type FileChange, isRefName } from '../git/repositories.ts';
import { entryAt } from '../git/tree.ts';
import { paged } from '../http/paging.ts';
import { checkParams } from '../http/params.ts';
import { badRequest, created, noContent, notFound, ok, Refusal } from '../http/reply.ts';
import { type Call, type Route, read, write } from '../http/route.ts';
import type { Commit, Project } from '../model.ts';
import { changesOfActions } from './commit-actions.ts';

const refused = (message: string) => new Refusal(400, { message });

const commitOfCall = (call: Call, project: Project, ref: string): Commit => {
  const commit = call.world.repositories.resolve(project, ref);
  if (commit === undefined) throw notFound('Commit');
  return commit;
};

/** Where a branch that is not there yet begins. */
const startOf = ({ params: { start_branch: branch, start_sha: sha } }: Call): string | undefined => {
  const start = branch ?? sha;
  return start === undefined ? undefined : String(start);
};

/** What its actions are judged by. */
const baseOf = (call: Call, project: Project, branch: string): Commit | undefined =>
  call.world.repositories.resolve(project, branch) ?? call.world.repositories.resolve(project, startOf(call) ?? branch);

const authorOf = (call: Call) => {
  const { author_name: name, author_email: email } = call.params;
  const { user } = call.caller;
  if (name === undefined && email === undefined) return undefined;
  return { name: String(name ?? user.name), email: String(email ?? user.email) };
};

const commitTo = (
  call: Call,
  project: Project,
  branch: string,
  message: string,
  changes: readonly FileChange[],
): Commit => {
  if (!isRefName(branch)) throw badRequest(`Invalid reference name: ${branch}`);
  const startFrom = startOf(call);
  const exists = call.world.repositories.ref(project, 'branch', branch) !== undefined;
  const isEmpty = call.world.repositories.refs(project, 'branch').length === 0;
  if (!exists && !isEmpty && startFrom === undefined)
    throw refused('You can only create or edit files when you are on a branch');
  return pushCommit(call.world, call.caller.user, project, {
    branch,
    message,
    changes,
    author: authorOf(call),
    startFrom,
  });
};

const createCommit = (call: Call) => {
  const project = wantedProject(call, ROLE.developer);
  const given = checkParams(call.params, {
    branch: { type: 'string', required: true },
    commit_message: { type: 'string', required: true },
    actions: { type: 'objects', required: true },
  });
  const head = baseOf(call, project, given.branch);
  const changes = changesOfActions(call.world, project, head, given.actions);
  return created(
    commitEntity(call.world, project, commitTo(call, project, given.branch, given.commit_message, changes)),
  );
};

const FILE_RULES = {
  branch: { type: 'string', required: true },
  commit_message: { type: 'string', required: true },
  content: { type: 'string' },
  encoding: { type: 'string', values: ['text', 'base64'] },
} as const;

const changeFile = (action: 'create' | 'update' | 'delete') => (call: Call) => {
  const project = wantedProject(call, ROLE.developer);
  const given = checkParams(call.params, FILE_RULES);
  const path = String(call.params.file_path);
  const head = baseOf(call, project, given.branch);
  const { content = '', encoding = 'text' } = given;
  const changes = changesOfActions(call.world, project, head, [{ action, file_path: path, content, encoding }]);
  commitTo(call, project, given.branch, given.commit_message, changes);
  const body = { file_path: path, branch: given.branch };
  if (action === 'delete') return noContent();
  return action === 'create' ? created(body) : ok(body);
};

const fileOfCall = (call: Call) => {
  const project = wantedProject(call, ROLE.guest);
  const path = String(call.params.file_path);
  const ref = String(call.params.ref ?? project.defaultBranch).replace(/^HEAD$/, project.defaultBranch);
  const commit = commitOfCall(call, project, ref);
  const content = call.world.repositories.file(project, commit, path);
  const blob = entryAt(commit.tree, path);
  if (content === undefined || blob === undefined) throw notFound('File');
  return { content, commit, path, ref, blob };
};

const showFile = (call: Call) => {
  const { content, commit, path, ref, blob } = fileOfCall(call);
  return ok({
    file_name: path.split('/').at(-1),
    file_path: path,
    size: content.length,
    encoding: 'base64',
    content: content.toString('base64'),
    ref,
    blob_id: blob.sha,
    commit_id: commit.sha,
    last_commit_id: commit.sha,
    execute_filemode: blob.executable,
  });
};

const tree = (call: Call) => {
  const project = wantedProject(call, ROLE.guest);
  const head = call.world.repositories.resolve(project, String(call.params.ref ?? project.defaultBranch));
  if (head === undefined) throw notFound('Tree');
  const files = Object.entries(head.tree).map(([path, { sha, executable }]) => ({
    id: sha,
    name: path.split('/').at(-1),
    type: 'blob',
    path,
    mode: executable ? '100755' : '100644',
  }));
  return paged(call, files, (file) => file);
};

export const repositoryRoutes: readonly Route[] = [
  read('/projects/:id/repository/commits', (call) => {
    const project = wantedProject(call, ROLE.guest);
    const head = call.world.repositories.resolve(project, String(call.params.ref_name ?? project.defaultBranch));
    const commits = head === undefined ? [] : call.world.repositories.history(project, head.sha);
    return paged(call, commits, (commit) => commitEntity(call.world, project, commit));
  }),
  write('POST', '/projects/:id/repository/commits', createCommit),
  read('/projects/:id/repository/commits/:sha', (call) => {
    const project = wantedProject(call, ROLE.guest);
    const commit = commitOfCall(call, project, String(call.params.sha));
    return ok({ ...commitEntity(call.world, project, commit), title: titleOf(commit.message), status: null });
  }),
  read('/projects/:id/repository/tree', tree),
  read('/projects/:id/repository/files/:file_path', showFile),
  read('/projects/:id/repository/files/:file_path/raw', (call) => ({
    status: 200,
    headers: { 'Content-Type': 'text/plain' },
    body: fileOfCall(call).content,
  })),
  write('POST', '/projects/:id/repository/files/:file_path', changeFile('create')),
  write('PUT', '/projects/:id/repository/files/:file_path', changeFile('update')),
  write('DELETE', '/projects/:id/repository/files/:file_path', changeFile('delete')),
];
