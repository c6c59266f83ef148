/** The tools image bears the version of the release: whatever names it is changed by a release. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { NAME_TOOLS, withToolsVersion } from '../../../packages/release/tools-version.ts';
import { DEFAULT_TOOLS_IMAGE } from '../../../src/config/defaults.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };

/** What users run and read, and what is made from it. */
const TREES = [
  'src',
  'compose',
  'docs',
  'examples',
  'gitlab-runner',
  'healthchecks',
  'nginx',
  'packages/ci',
  'README.md',
];
const isText = (path: string): boolean => /\.(?:ts|mjs|json|ya?ml|md|toml|sh|conf|svg)$/.test(path);

const filesIn = (path: string): readonly string[] => {
  if (!existsSync(join(root, path))) return [];
  if (statSync(join(root, path)).isFile()) return isText(path) ? [path] : [];
  return readdirSync(join(root, path)).flatMap((name) => (name === 'node_modules' ? [] : filesIn(join(path, name))));
};

const isComment = (line: string): boolean => /^\s*(?:\*|\/\/|\/\*\*)/.test(line);

describe('the version of the tools image', () => {
  it('is that of the package', () => {
    expect(DEFAULT_TOOLS_IMAGE).toBe(`chatops-up/tools:${version}`);
  });

  it('stands in no file, comments aside, that a release leaves as it is', () => {
    const naming = TREES.flatMap(filesIn).filter((path) =>
      readFileSync(join(root, path), 'utf8')
        .split('\n')
        .some((line) => !isComment(line) && new RegExp(`tools[:-]${version.replaceAll('.', '\\.')}`).test(line)),
    );
    expect(naming.toSorted()).toEqual([...NAME_TOOLS].toSorted());
  });

  it('is another one everywhere in these files after a release', () => {
    for (const path of NAME_TOOLS) {
      const after = withToolsVersion(readFileSync(join(root, path), 'utf8'), version, '99.0.0');
      expect(after).toContain('chatops-up/tools:99.0.0');
      expect(after.split('\n').filter((line) => !isComment(line) && line.includes(`tools-${version}`))).toEqual([]);
    }
  });

  it('changes nothing else', () => {
    const text = 'image: chatops-up/tools:0.1.0\nname: a_tools-0.1.0\nversion: 0.1.0\nimage: other/tools:0.1.0\n';
    expect(withToolsVersion(text, '0.1.0', '0.2.0')).toBe(
      'image: chatops-up/tools:0.2.0\nname: a_tools-0.2.0\nversion: 0.1.0\nimage: other/tools:0.1.0\n',
    );
  });
});
