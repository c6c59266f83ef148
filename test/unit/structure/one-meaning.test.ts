/** A name of a type means one thing wherever it is read. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SHARED_NAMES } from './shared-names.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const EXPORTED = /^export (?:declare )?(?:abstract )?(?:type|interface|class) (\w+)/gm;

/** Types that a text declares and exports; what it only passes on is declared elsewhere. */
const exportedFrom = (text: string): readonly string[] => [...text.matchAll(EXPORTED)].map(([, name = '']) => name);

/** Name → files that export it, where these are several. */
const severalIn = (files: readonly { readonly path: string; readonly text: string }[]) => {
  const byName = new Map<string, Set<string>>();
  for (const { path, text } of files) {
    for (const name of exportedFrom(text)) byName.set(name, (byName.get(name) ?? new Set()).add(path));
  }
  return Object.fromEntries(
    [...byName].flatMap(([name, paths]) => (paths.size > 1 ? [[name, [...paths].toSorted()] as const] : [])),
  );
};

const sources = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
  .map((name) => `src/${name}`)
  .filter((path) => path.endsWith('.ts') && !path.includes('/generated/'));

describe('a name of a type', () => {
  it('is exported by one file, or by those that SHARED_NAMES says', () => {
    const found = severalIn(sources.map((path) => ({ path, text: readFileSync(root + path, 'utf8') })));
    expect(found).toEqual(Object.assign({}, ...SHARED_NAMES.map(({ names }) => names)));
  });
});

describe('the reader of exported names', () => {
  it('finds a name in two files, however it is declared', () => {
    const files = [
      { path: 'b.ts', text: 'export interface Answer {\n}\nexport abstract class Once {}' },
      { path: 'a.ts', text: 'export type Answer<T> = T;' },
    ];
    expect(severalIn(files)).toEqual({ Answer: ['a.ts', 'b.ts'] });
  });

  it.each([
    ['a type of the file’s own', 'type Answer = string;'],
    ['one that is passed on', "export type { Answer } from './answer.ts';"],
    ['a function', 'export const Answer = () => undefined;'],
  ])('does not take %s for another', (_what, text) => {
    expect(exportedFrom(text)).toEqual([]);
  });
});
