/** Git's loose objects, written and read without git: blobs, trees, commits (git-scm.com/book, "Git Objects"). */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';

export interface TreeEntry {
  readonly sha: string;
  readonly executable: boolean;
}

const objectPath = (gitDir: string, sha: string) => join(gitDir, 'objects', sha.slice(0, 2), sha.slice(2));

export const writeObject = (gitDir: string, type: 'blob' | 'tree' | 'commit', content: Buffer): string => {
  const whole = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
  const sha = createHash('sha1').update(whole).digest('hex');
  const path = objectPath(gitDir, sha);
  if (!existsSync(path)) {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, deflateSync(whole));
  }
  return sha;
};

/** The content of an object; undefined when it is not there (or packed by a real git). */
export const readObject = (gitDir: string, sha: string): Buffer | undefined => {
  const path = objectPath(gitDir, sha);
  if (!existsSync(path)) return undefined;
  const whole = inflateSync(readFileSync(path));
  return whole.subarray(whole.indexOf(0) + 1);
};

interface Entry {
  readonly mode: string;
  readonly name: string;
  readonly sha: string;
}

/** Git sorts by bytes, with folders as if their names ended in a slash. */
const byGitOrder = (left: Entry, right: Entry): number => {
  const key = ({ mode, name }: Entry) => Buffer.from(mode === '40000' ? `${name}/` : name);
  return Buffer.compare(key(left), key(right));
};

/** @param files path → blob */
export const writeTree = (gitDir: string, files: Readonly<Record<string, TreeEntry>>): string => {
  const folders = new Map<string, Map<string, TreeEntry>>();
  const entries: Entry[] = [];
  for (const [path, entry] of Object.entries(files)) {
    const slash = path.indexOf('/');
    if (slash < 0) {
      entries.push({ mode: entry.executable ? '100755' : '100644', name: path, sha: entry.sha });
      continue;
    }
    const folder = folders.get(path.slice(0, slash)) ?? new Map<string, TreeEntry>();
    folder.set(path.slice(slash + 1), entry);
    folders.set(path.slice(0, slash), folder);
  }
  for (const [name, inner] of folders)
    entries.push({ mode: '40000', name, sha: writeTree(gitDir, Object.fromEntries(inner)) });
  const lines = entries
    .sort(byGitOrder)
    .map(({ mode, name, sha }) => Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(sha, 'hex')]));
  return writeObject(gitDir, 'tree', Buffer.concat(lines));
};

export interface CommitText {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: { readonly name: string; readonly email: string };
  readonly seconds: number;
  readonly message: string;
}

/** Angle brackets and line feeds would end the name early. */
const clean = (text: string) => text.replace(/[<>\n\0]/g, '');

export const writeCommit = (gitDir: string, commit: CommitText): string => {
  const who = `${clean(commit.author.name)} <${clean(commit.author.email)}> ${commit.seconds} +0000`;
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${who}`,
    `committer ${who}`,
    '',
    commit.message,
  ];
  return writeObject(gitDir, 'commit', Buffer.from(lines.join('\n')));
};
