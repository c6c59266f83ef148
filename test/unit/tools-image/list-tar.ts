import { execFileSync } from 'node:child_process';

/** What GNU tar reads in an archive: `-rwxr-xr-x path`, a link with where it leads. */
export const listTar = (archive: Buffer): readonly string[] =>
  execFileSync('tar', ['--list', '--verbose', '--file', '-'], { input: archive, encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.replace(/^(\S+) +\S+ +\S+ +\S+ +\S+ +/, '$1 '));
