/**
 * What git itself was given by a push, taken over into the store: commits, branches, tags; then everything that follows
 * from a push. Git has checked it and moved its refs before; what it refused has not moved.
 */
import { afterPush } from '../ci/push.ts';
import type { Commit, Project, User } from '../model.ts';
import type { World } from '../world.ts';
import { isRefName, NO_COMMIT } from './repositories.ts';
import { runGit } from './run-git.ts';

/** From, to and name (gitprotocol-pack, "Reference Update Request"). */
const UPDATE = /^[0-9a-f]{40} [0-9a-f]{40} ([^\0\n]+)/;

/** Names of what a push is to move, `refs/heads/main`: the lines of its body up to the flush packet, which the pack follows. */
export const refsIn = (body: Buffer): readonly string[] => {
  const refs: string[] = [];
  for (let at = 0; at + 4 <= body.length; ) {
    const length = Number.parseInt(body.toString('latin1', at, at + 4), 16);
    if (!(length > 4)) break;
    const [, ref] = UPDATE.exec(body.toString('utf8', at + 4, at + length)) ?? [];
    if (ref !== undefined) refs.push(ref);
    at += length;
  }
  return refs;
};

/** `100644 blob SHA\tPATH`, each ended by NUL; a submodule is no file of this repository. */
const treeOf = (listing: string): Commit['tree'] =>
  Object.fromEntries(
    listing.split('\0').flatMap((line) => {
      const [, mode, sha, path] = /^(\d+) blob ([0-9a-f]{40})\t([\s\S]+)$/.exec(line) ?? [];
      return path === undefined || sha === undefined ? [] : [[path, { sha, executable: mode === '100755' }] as const];
    }),
  );

const FIELDS = ['%P', '%an', '%ae', '%at', '%B'].join('%x00');

const readCommit = async (dir: string, project: Project, sha: string): Promise<Commit> => {
  const git = async (...args: string[]) => (await runGit(['-C', dir, ...args])).toString('utf8');
  const [parents = '', authorName = '', authorEmail = '', seconds = '0', message = ''] = (
    await git('show', '-s', `--format=${FIELDS}`, sha)
  ).split('\0');
  return {
    sha,
    projectId: project.id,
    parents: parents === '' ? [] : parents.split(' '),
    message: message.replace(/\n+$/, ''),
    authorName,
    authorEmail,
    createdAt: Number(seconds) * 1_000,
    tree: treeOf(await git('ls-tree', '-r', '-z', sha)),
  };
};

/** Those that the store did not have, oldest first. */
const takeOver = async (world: World, project: Project, dir: string, tip: string): Promise<readonly Commit[]> => {
  const all = (await runGit(['-C', dir, 'rev-list', '--reverse', '--topo-order', tip])).toString('utf8');
  const unknown = all.split('\n').filter((sha) => sha !== '' && world.repositories.find(project, sha) === undefined);
  const commits: Commit[] = [];
  for (const sha of unknown) {
    const commit = await readCommit(dir, project, sha);
    world.repositories.note(commit);
    commits.push(commit);
  }
  return commits;
};

const KINDS = { heads: 'branch', tags: 'tag' } as const;

const follow = async (world: World, user: User, project: Project, ref: string): Promise<void> => {
  const { repositories } = world;
  const [, folder, name = ''] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
  if ((folder !== 'heads' && folder !== 'tags') || !isRefName(name)) return;
  const kind = KINDS[folder];
  const dir = repositories.gitDir(project);
  const known = repositories.ref(project, kind, name)?.sha;
  const tip = (await runGit(['-C', dir, 'rev-parse', '--verify', '--quiet', `${ref}^{commit}`]))
    .toString('utf8')
    .trim();
  if (tip === (known ?? '')) return;
  const before = known ?? NO_COMMIT;
  if (tip === '') {
    repositories.dropRef(project, kind, name);
    afterPush(world, user, project, { kind, name, before, after: NO_COMMIT, commits: [] });
    return;
  }
  const commits = await takeOver(world, project, dir, tip);
  repositories.noteRef(project, kind, name, tip);
  afterPush(world, user, project, { kind, name, before, after: tip, commits: kind === 'branch' ? commits : [] });
};

/** After git has answered a push. */
export const followPush = async (
  world: World,
  user: User,
  project: Project,
  refs: readonly string[],
): Promise<void> => {
  for (const ref of refs) await follow(world, user, project, ref);
};
