/** `parts:` in chatops.yaml: the first reading, and the reading where they are not loaded. */
import { describe, expect, it } from 'vitest';
import { readNamedParts } from '../../../src/config/named-parts.ts';
import { problemsOf } from './refused.ts';

const namedIn = (text: string) => readNamedParts(text, 'chatops.yaml').parts;

describe('the first reading', () => {
  it('finds packages and files, whatever else the file says', () => {
    expect(namedIn('parts: ["@example/wiki", ./wiki.mjs]\nwiki: 3\n')).toEqual([
      { module: '@example/wiki', index: 0 },
      { module: './wiki.mjs', index: 1 },
    ]);
  });

  it.each(['name: x\n', '# parts: [wiki]\nname: x\n', 'name: parts\n'])(
    'finds nothing where nothing is named: %j',
    (text) => {
      expect(namedIn(text)).toEqual([]);
    },
  );

  it.each(['"\\x70arts": [wiki]\n', '{ "a#b": 1, parts: [wiki] }\n', '? parts\n: [wiki]\n'])(
    'finds what is written in another way: %j',
    (text) => {
      expect(namedIn(text)).toEqual([{ module: 'wiki', index: 0 }]);
    },
  );

  it.each([
    '/etc/wiki.mjs',
    '../wiki.mjs',
    'https://example.org/wiki.mjs',
    'file:///wiki.mjs',
    'node:fs',
    'data:,x',
    'a/../../b',
  ])('never loads what is neither package nor file of the directory: %s', (place) => {
    expect(namedIn(`parts: [${JSON.stringify(place)}]\n`)).toEqual([]);
    expect(problemsOf(`parts: [${JSON.stringify(place)}]\n`)[0]).toMatch(/^parts\[0\]: must be the name of a package/);
  });

  it('refuses what is no mapping, as the whole reading does', () => {
    expect(() => namedIn('- parts\n')).toThrowError(/must be a mapping/);
  });
});
