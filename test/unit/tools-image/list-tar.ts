import { execFileSync } from 'node:child_process';

const list = (archive: Buffer, ...options: readonly string[]): readonly string[] =>
  execFileSync('tar', ['--list', '--verbose', ...options, '--file', '-'], { input: archive, encoding: 'utf8' })
    .trim()
    .split('\n');

/** What GNU tar reads in an archive: `-rwxr-xr-x path`, a link with where it leads. */
export const listTar = (archive: Buffer): readonly string[] =>
  list(archive).map((line) => line.replace(/^(\S+) +\S+ +\S+ +\S+ +\S+ +/, '$1 '));

/** Likewise who each belongs to: `0/0 path`, ids of user and group. */
export const listOwners = (archive: Buffer): readonly string[] =>
  list(archive, '--numeric-owner').map((line) => line.replace(/^\S+ +(\S+) +\S+ +\S+ +\S+ +/, '$1 '));
