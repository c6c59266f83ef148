/** What this stand-in reads of `GITLAB_OMNIBUS_CONFIG`: single settings by pattern, as the text is Ruby. */

const withoutComments = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(/^\s*#.*$/, ''))
    .join('\n');

const lastMatch = (text: string, pattern: RegExp): string | undefined => [...text.matchAll(pattern)].at(-1)?.[1];

/** `external_url 'https://git.example.com'`, with or without parentheses; no trailing slash. */
export const externalUrlOf = (config: string): string | undefined =>
  lastMatch(withoutComments(config), /(?:^|[\s;])external_url\s*\(?\s*["']([^"']+)["']/g)?.replace(/\/+$/, '');

/** `gitlab_rails['initial_root_password'] = "…"`, when it is a plain text. */
export const rootPasswordOf = (config: string): string | undefined =>
  lastMatch(withoutComments(config), /gitlab_rails\[['"]initial_root_password['"]\]\s*=\s*["']([^"']+)["']/g);
