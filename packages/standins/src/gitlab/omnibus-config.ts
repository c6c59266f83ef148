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

const numberIn = (config: string, pattern: RegExp): number | undefined => {
  const found = lastMatch(withoutComments(config), pattern);
  return found === undefined ? undefined : Number(found);
};

/** `gitlab_rails['application_settings_cache_seconds'] = 5`: how long a process goes by the settings that it has read. */
export const settingsCacheSecondsOf = (config: string): number | undefined =>
  numberIn(config, /gitlab_rails\[['"]application_settings_cache_seconds['"]\]\s*=\s*(\d+)/g);

/** `puma['worker_processes'] = 0`: one process answers every request. */
export const isSinglePuma = (config: string): boolean =>
  numberIn(config, /puma\[['"]worker_processes['"]\]\s*=\s*(\d+)/g) === 0;

/** In addresses to clone from, where nothing is said. */
export const SSH_PORT = 22;

/** `gitlab_rails['gitlab_shell_ssh_port'] = 2222` */
export const sshPortOf = (config: string): number =>
  numberIn(config, /gitlab_rails\[['"]gitlab_shell_ssh_port['"]\]\s*=\s*(\d+)/g) ?? SSH_PORT;

/** `gitlab_rails['initial_root_password'] = "…"`, when it is a plain text. */
export const rootPasswordOf = (config: string): string | undefined =>
  lastMatch(withoutComments(config), /gitlab_rails\[['"]initial_root_password['"]\]\s*=\s*["']([^"']+)["']/g);
