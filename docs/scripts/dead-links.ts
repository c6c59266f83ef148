/**
 * Links of Markdown pages that lead nowhere. Of links into the web only the syntax is looked at.
 * Anchors are GitHub's: the heading in lower case, without punctuation, blanks as hyphens, `-1` for a second one of its
 * name (https://docs.github.com/en/get-started/writing-on-github, "Section links", read 2026-11).
 */
import { lexer, type Token, walkTokens } from 'marked';

export interface Files {
  /** @param path inside the repository, with slashes; a folder is there too */
  exists(path: string): boolean;
  /** Text of a Markdown page; undefined where there is none. */
  read(path: string): string | undefined;
}

const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-');

/** What is shown of a heading or a link: its text, without marks. */
const shown = (tokens: readonly Token[]): string =>
  tokens
    .map((token) => ('tokens' in token && token.tokens ? shown(token.tokens) : 'text' in token ? token.text : ''))
    .join('');

export const anchorsOf = (markdown: string): ReadonlySet<string> => {
  const times = new Map<string, number>();
  const anchors = new Set<string>();
  walkTokens(lexer(markdown), (token) => {
    if (token.type !== 'heading') return;
    const name = slug(shown(token.tokens ?? []));
    const before = times.get(name) ?? 0;
    times.set(name, before + 1);
    anchors.add(before === 0 ? name : `${name}-${before}`);
  });
  return anchors;
};

/** Targets of links and pictures in the order of the page; `srcset`, `src` and `href` of HTML too. */
export const linksOf = (markdown: string): readonly string[] => {
  const links: string[] = [];
  walkTokens(lexer(markdown), (token) => {
    if (token.type === 'link' || token.type === 'image') links.push(token.href);
    if (token.type === 'html')
      for (const [, target = ''] of token.text.matchAll(/\b(?:src|srcset|href)="([^"]*)"/g)) links.push(target);
  });
  return links;
};

/** `docs/a.md` and `../b.md` → `b.md`; undefined when the link leaves the repository. */
const resolve = (page: string, link: string): string | undefined => {
  const parts = page.split('/').slice(0, -1);
  for (const part of link.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
};

const WEB = /^(?:https?|mailto):/;

const whyDead = (page: string, link: string, files: Files): string | undefined => {
  if (WEB.test(link)) return URL.canParse(link) ? undefined : 'is no URL';
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : resolve(page, decodeURIComponent(path));
  if (target === undefined) return 'leads out of the repository';
  if (!files.exists(target)) return `there is no ${target}`;
  if (anchor === undefined) return undefined;
  const text = files.read(target);
  if (text === undefined) return `${target} has no anchors`;
  return anchorsOf(text).has(anchor) ? undefined : `${target} has no heading ${anchor}`;
};

/** One line a dead link: `docs/ci.md: secrets.md#none: docs/secrets.md has no heading none`. */
export const deadLinks = (pages: readonly string[], files: Files): readonly string[] =>
  pages.flatMap((page) =>
    linksOf(files.read(page) ?? '').flatMap((link) => {
      const why = whyDead(page, link, files);
      return why === undefined ? [] : [`${page}: ${link}: ${why}`];
    }),
  );
