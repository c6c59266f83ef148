import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lexer } from 'marked';
import { describe, expect, it } from 'vitest';
import { anchorsOf, deadLinks, type Files } from '../../../docs/scripts/dead-links.ts';
import { generatedPages } from '../../../docs/scripts/generated-pages.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const repository: Files = {
  exists: (path) => existsSync(root + path),
  read: (path) => (path.endsWith('.md') && existsSync(root + path) ? readFileSync(root + path, 'utf8') : undefined),
};

const markdownIn = (folder: string, recursive: boolean): readonly string[] =>
  readdirSync(root + folder, { recursive, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => folder + name);

/** What npm puts there, and what the tests' judges are kept in, is not ours. */
const isOurs = (path: string): boolean => !/(^|\/)(node_modules|\.cache)\//.test(path);

const PAGES = [
  ...markdownIn('', false),
  ...['docs/', 'packages/', '.github/', 'test/'].flatMap((folder) => markdownIn(folder, true)),
].filter(isOurs);

const linesOf = (path: string): number => (repository.read(path) ?? '').trimEnd().split('\n').length;

/** Blocks of code of a page, without their fences. */
const codeIn = (markdown: string): readonly string[] =>
  lexer(markdown).flatMap((token) => (token.type === 'code' ? [token.text] : []));

describe('the documentation', () => {
  it.each(generatedPages().map(({ path, text }) => [path, text]))('has %s as `npm run docs` makes it', (path, text) => {
    expect(repository.read(path)).toBe(text);
  });

  it('has no dead link', () => {
    expect(PAGES).toContain('README.md');
    expect(PAGES).toEqual(
      expect.arrayContaining([
        'docs/decisions/README.md',
        'packages/standins/README.md',
        '.github/pull_request_template.md',
        'test/contract/data/README.md',
      ]),
    );
    expect(deadLinks(PAGES, repository)).toEqual([]);
  });

  it('keeps the two commands for a fresh machine in the README', () => {
    const text = repository.read('README.md');
    expect(text).toContain('npm ci && npm start');
    expect(text).toContain('npm ci && npm test');
    expect(codeIn(text ?? '')).toContain('npx chatops-up');
  });

  it('has a main job that needs no Docker', () => {
    const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: Record<string, string> };
    expect(scripts.start).toMatch(/ --engine embedded( |$)/);
  });

  it.each([
    ['README.md', 110],
    ['ARCHITECTURE.md', 80],
  ])('keeps %s to a screen and a half', (path, most) => {
    expect(linesOf(path)).toBeLessThanOrEqual(most);
  });
});

describe('the check of links', () => {
  const files = (pages: Readonly<Record<string, string>>): Files => ({
    exists: (path) => path in pages,
    read: (path) => pages[path],
  });
  const dead = (text: string): readonly string[] =>
    deadLinks(['docs/a.md'], files({ 'docs/a.md': text, 'README.md': '# Top\n\n## The `words`, once\n' }));

  it('names a page that does not exist', () => {
    expect(dead('[x](none.md)')).toEqual(['docs/a.md: none.md: there is no docs/none.md']);
  });

  it('names a picture that does not exist', () => {
    expect(dead('![x](../none.svg)')).toEqual(['docs/a.md: ../none.svg: there is no none.svg']);
  });

  it('names an anchor without a heading', () => {
    expect(dead('[x](../README.md#none)')).toEqual(['docs/a.md: ../README.md#none: README.md has no heading none']);
  });

  it('names a link out of the repository', () => {
    expect(dead('[x](../../other.md)')).toEqual(['docs/a.md: ../../other.md: leads out of the repository']);
  });

  it('takes links, anchors and code as GitHub does', () => {
    expect(dead('# Here\n\n[x](../README.md#the-words-once) [y](#here) `[z](none.md)`')).toEqual([]);
  });

  it('numbers headings of one name', () => {
    expect([...anchorsOf('# A\n\n## A\n\n# B')]).toEqual(['a', 'a-1', 'b']);
  });
});
