/**
 * The record of what all suites on real containers were last green for: a digest for each path of their table, of what
 * is in the files. No commit is named, so it holds on a shallow clone, after a rebase, and on another machine.
 */
import type { Changed } from './choose-suites.ts';

/** Path of the table → digest. */
export type Digests = Readonly<Record<string, string>>;

const HEAD = [
  '# What the suites on real containers stand on, as it was when all of them last passed: a digest and its path.',
  '# Written by `npm run test:all`; `.ci/run` leaves out the suites for which nothing here has changed.',
];

export const recordText = (digests: Digests): string =>
  [...HEAD, ...Object.entries(digests).map(([path, digest]) => `${digest} ${path}`), ''].join('\n');

/** Lines that say nothing are passed over: a path without a digest counts as changed. */
export const parseRecord = (text: string): Digests =>
  Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const [, digest = '', path = ''] = /^([0-9a-f]{64}) (\S+)$/.exec(line) ?? [];
      return path === '' ? [] : [[path, digest] as const];
    }),
  );

/** @param recorded text of the record; undefined when there is none */
export const changedSince = (recorded: string | undefined, now: Digests): Changed => {
  if (recorded === undefined) return undefined;
  const then = parseRecord(recorded);
  return Object.keys(now).filter((path) => now[path] !== then[path]);
};
