/** Path names of groups and projects (doc/user/reserved_names.md). */

/** Letters, digits, `_`, `-`, `.`; not at an end that a URL or git would take for something else. */
export const isNamespacePath = (path: string): boolean =>
  /^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,254}$/.test(path) && !/\.(git|atom)$|\.$|-$|_$|[-_.]{2}/.test(path);

/** The path GitLab makes of a name when none is given. */
export const pathOfName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
