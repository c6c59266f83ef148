import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
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

const PAGES = [...markdownIn('', false), ...markdownIn('docs/', true)];

describe('the documentation', () => {
  it.each(generatedPages().map(({ path, text }) => [path, text]))('has %s as `npm run docs` makes it', (path, text) => {
    expect(repository.read(path)).toBe(text);
  });

  it('has no dead link', () => {
    expect(PAGES).toContain('README.md');
    expect(PAGES).toContain('docs/decisions/README.md');
    expect(deadLinks(PAGES, repository)).toEqual([]);
  });

  it('keeps the two commands for a fresh machine in the README', () => {
    const text = repository.read('README.md');
    expect(text).toContain('npm ci && npm start');
    expect(text).toContain('npm ci && npm test');
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
