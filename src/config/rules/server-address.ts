/** The address of a server that is there already: where it is installed, not a page of it that was open when it was copied. */
import type { Finding } from '../finding.ts';
import type { Path } from '../path.ts';

/**
 * @param url as `SERVER_URL` has it; undefined: none is written
 * @param pages the first parts of paths that the server itself has: nothing of it is installed below one
 */
export const installedAt = (path: Path, url: string | undefined, pages: ReadonlySet<string>): readonly Finding[] => {
  if (url === undefined || !URL.canParse(url)) return [];
  const { origin, pathname } = new URL(url);
  const parts = pathname.split('/').filter((part) => part !== '');
  if (parts.length === 0) return [];
  const at = parts.findIndex((part) => pages.has(part.toLowerCase()));
  const base = [origin, ...parts.slice(0, Math.max(at, 0))].join('/');
  const fix = `write \`${base}\``;
  if (at !== -1)
    return [{ path, message: `is the address of a page, not of the server: \`/${parts[at]}\` is in it`, fix }];
  const message = `every address of it is taken to begin with \`/${parts.join('/')}\`, as with a server that is installed below a path`;
  return [{ path, message, fix: `${fix} where it is not`, warning: true }];
};
