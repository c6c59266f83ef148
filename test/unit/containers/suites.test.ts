import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { filesOf } from '../../e2e/docker/choosing/files-of.ts';
import { UNNOTICED } from '../../e2e/docker/choosing/paths.ts';
import { ALL_PATHS, SUITES } from '../../e2e/docker/choosing/suites.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const unnoticed = Object.keys(UNNOTICED);

const filesOfAll = (paths: readonly string[]): ReadonlySet<string> =>
  new Set(paths.flatMap((path) => filesOf(root, path)));

describe('the table of suites on real containers', () => {
  it('has no path that names nothing', () => {
    expect([...ALL_PATHS, ...unnoticed].filter((path) => filesOf(root, path).length === 0)).toEqual([]);
  });

  it('has every file of the product in a path: what changes there is noticed', () => {
    const named = filesOfAll([...ALL_PATHS, ...unnoticed]);
    const product = filesOfAll([
      'operations.ts',
      'src',
      'packages',
      'compose',
      'nginx',
      'gitlab-runner',
      'healthchecks',
    ]);
    expect(product.size).toBeGreaterThan(100);
    expect([...product].filter((file) => !named.has(file) && !file.endsWith('.md'))).toEqual([]);
  });

  it('has no file both in a suite and among those that no suite would notice', () => {
    const named = filesOfAll(ALL_PATHS);
    expect([...filesOfAll(unnoticed)].filter((file) => named.has(file))).toEqual([]);
  });

  it('names for files that no suite would notice tests that are there', () => {
    const judges = Object.values(UNNOTICED).map((text) => /test\/\S+\.test\.ts/.exec(text)?.[0] ?? text);
    expect(judges.filter((path) => !existsSync(`${root}${path}`))).toEqual([]);
  });

  it('has each suite in a file of its own', () => {
    expect(SUITES.filter(({ name }) => !existsSync(`${root}test/e2e/docker/${name}.ts`))).toEqual([]);
  });

  it('runs the main job always, over TCP too', () => {
    expect(SUITES.filter(({ always }) => always)).toMatchObject([{ name: 'main-job', overTcp: true, live: true }]);
  });
});
