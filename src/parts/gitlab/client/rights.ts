/** Which scope and role a request needs: what a refused one is explained with. Docs: docs.gitlab.com/api, 19.3. */
export interface Right {
  readonly scope: string;
  readonly role: string;
  /** Refused without the scope `admin_mode` where admin mode is on, however much of an administrator the user is. */
  readonly administrator: boolean;
}

const right = (role: string, scope = 'api', administrator = false): Right => ({ role, scope, administrator });
const admin = (scope = 'api'): Right => right('to be an administrator', scope, true);

/** First match wins. `$1` is the first group of the pattern. */
const RULES: readonly (readonly [RegExp, Right])[] = [
  [/^\w+ \/application\/settings$/, admin()],
  [/^\w+ \/hooks(\/|$)/, admin()],
  [/^GET \/runners\/all$/, admin()],
  [
    /^POST \/user\/runners$/,
    right('the right to create runners there (administrator, group Owner, project Maintainer)', 'create_runner'),
  ],
  [/^\w+ \/runners\//, right('the right to manage this runner (administrator, group Owner, project Maintainer)')],
  [/^\w+ \/projects\/([^/]+)\/(?:hooks|runners)/, right('role Maintainer on project $1')],
  [/^\w+ \/groups\/([^/]+)\/(?:hooks|runners)/, right('role Owner on group $1')],
  [/^POST \/projects\/([^/]+)\//, right('role Developer on project $1')],
  [/^POST \/(?:groups|projects)$/, right('the right to create groups and projects')],
];

const ANY: Right = right('more rights');

/** @param request `METHOD /path` below `/api/v4` */
export const rightFor = (request: string): Right => {
  for (const [pattern, found] of RULES) {
    const match = pattern.exec(request);
    if (match) return { ...found, role: found.role.replace('$1', decodeURIComponent(match[1] ?? '')) };
  }
  return ANY;
};
