/**
 * One bare repository per project, readable by any git. Which commits, branches and tags there are stands in the
 * store; the folder holds the objects and the same refs, so that git can serve a job's fetch from it.
 */

import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Commit, Project, Ref } from '../model.ts';
import type { State } from '../state.ts';
import { readObject, writeCommit, writeObject, writeTree } from './objects.ts';
import { entryAt } from './tree.ts';

export const NO_COMMIT = '0'.repeat(40);

export interface FileChange {
  readonly path: string;
  /** Absent: the file goes. */
  readonly content?: Buffer;
  readonly executable?: boolean;
}

export interface NewCommit {
  readonly branch: string;
  /** The branch's old end, or that of the branch it starts from; undefined for a first commit. */
  readonly parent: string | undefined;
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string };
  readonly changes: readonly FileChange[];
  readonly at: number;
}

export interface Repositories {
  gitDir(project: Project): string;
  commit(project: Project, wanted: NewCommit): Commit;
  setRef(project: Project, kind: Ref['kind'], name: string, sha: string): void;
  /** As `setRef`, of one that git itself has moved. */
  noteRef(project: Project, kind: Ref['kind'], name: string, sha: string): void;
  /** A commit whose objects git itself has stored. */
  note(commit: Commit): void;
  dropRef(project: Project, kind: Ref['kind'], name: string): void;
  refs(project: Project, kind: Ref['kind']): readonly Ref[];
  ref(project: Project, kind: Ref['kind'], name: string): Ref | undefined;
  find(project: Project, sha: string): Commit | undefined;
  /** A branch's, tag's or (short) commit name → commit. */
  resolve(project: Project, name: string): Commit | undefined;
  /** Newest first. */
  history(project: Project, sha: string): readonly Commit[];
  file(project: Project, commit: Commit, path: string): Buffer | undefined;
  remove(project: Project): void;
}

const refKey = (projectId: number, kind: Ref['kind'], name: string) => `${projectId}:${kind}:${name}`;

const initBare = (gitDir: string, branch: string): void => {
  mkdirSync(join(gitDir, 'objects'), { recursive: true });
  mkdirSync(join(gitDir, 'refs', 'heads'), { recursive: true });
  writeFileSync(join(gitDir, 'HEAD'), `ref: refs/heads/${branch}\n`);
  writeFileSync(join(gitDir, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n');
};

/** Names that git refuses, or that would leave the folder. */
export const isRefName = (name: string): boolean =>
  name !== '' &&
  name.split('/').every((part) => part !== '' && !part.startsWith('.') && !part.endsWith('.lock')) &&
  !/\.\.|[\x00-\x20~^:?*[\\\x7f]|@\{|\.$/.test(name);

export const createRepositories = (dir: string, state: State): Repositories => {
  const gitDir = (project: Project) => join(dir, `${project.id}.git`);
  const ready = (project: Project): string => {
    const path = gitDir(project);
    if (!existsSync(join(path, 'HEAD'))) initBare(path, project.defaultBranch);
    return path;
  };
  const refPath = (project: Project, kind: Ref['kind'], name: string) =>
    join(ready(project), 'refs', kind === 'branch' ? 'heads' : 'tags', name);

  const noteRef: Repositories['noteRef'] = (project, kind, name, sha) =>
    state.refs.put(refKey(project.id, kind, name), { projectId: project.id, kind, name, sha });
  const setRef: Repositories['setRef'] = (project, kind, name, sha) => {
    const path = refPath(project, kind, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${sha}\n`);
    noteRef(project, kind, name, sha);
  };
  const note: Repositories['note'] = (made) => state.commits.put(`${made.projectId}:${made.sha}`, made);
  const find = (project: Project, sha: string) => state.commits.get(`${project.id}:${sha}`);
  const ref = (project: Project, kind: Ref['kind'], name: string) => state.refs.get(refKey(project.id, kind, name));

  const commit: Repositories['commit'] = (project, wanted) => {
    const path = ready(project);
    const base = wanted.parent === undefined ? undefined : find(project, wanted.parent);
    const entries = new Map<string, { sha: string; executable: boolean }>(Object.entries(base?.tree ?? {}));
    for (const change of wanted.changes) {
      if (change.content === undefined) entries.delete(change.path);
      else
        entries.set(change.path, {
          sha: writeObject(path, 'blob', change.content),
          executable: change.executable ?? entries.get(change.path)?.executable ?? false,
        });
    }
    const tree = Object.fromEntries(entries);
    const parents = wanted.parent === undefined ? [] : [wanted.parent];
    const { author, message } = wanted;
    const seconds = Math.floor(wanted.at / 1000);
    const sha = writeCommit(path, { tree: writeTree(path, tree), parents, author, seconds, message });
    const made: Commit = {
      sha,
      projectId: project.id,
      parents,
      message,
      authorName: author.name,
      authorEmail: author.email,
      createdAt: wanted.at,
      tree,
    };
    note(made);
    setRef(project, 'branch', wanted.branch, sha);
    return made;
  };

  const history = (project: Project, sha: string): readonly Commit[] => {
    const found: Commit[] = [];
    let next: string | undefined = sha;
    while (next !== undefined) {
      const commitOfNext: Commit | undefined = find(project, next);
      if (commitOfNext === undefined) break;
      found.push(commitOfNext);
      next = commitOfNext.parents[0];
    }
    return found;
  };

  return {
    gitDir: ready,
    commit,
    note,
    setRef,
    noteRef,
    dropRef: (project, kind, name) => {
      rmSync(refPath(project, kind, name), { force: true });
      state.refs.delete(refKey(project.id, kind, name));
    },
    refs: (project, kind) => state.refs.all().filter((one) => one.projectId === project.id && one.kind === kind),
    ref,
    find,
    resolve: (project, name) => {
      const sha = (ref(project, 'branch', name) ?? ref(project, 'tag', name))?.sha ?? name;
      const exact = find(project, sha);
      if (exact !== undefined || !/^[0-9a-f]{7,39}$/.test(sha)) return exact;
      return state.commits.all().find((one) => one.projectId === project.id && one.sha.startsWith(sha));
    },
    history,
    file: (project, { tree }, path) => {
      const entry = entryAt(tree, path);
      return entry === undefined ? undefined : readObject(ready(project), entry.sha);
    },
    remove: (project) => rmSync(gitDir(project), { recursive: true, force: true }),
  };
};
