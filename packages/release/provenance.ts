/** Whether npm can say where a package was built: only in the CI of a place that vouches for it. Pure. */

type Environment = Readonly<Record<string, string | undefined>>;

export interface Provenance {
  readonly offered: boolean;
  /** In words that follow "provenance:". */
  readonly why: string;
}

/** The public registry: of the ones that a release may go to it alone keeps provenance. */
const NPM = /^https:\/\/registry\.npmjs\.org\/?$/;

/** https://docs.npmjs.com/generating-provenance-statements */
export const provenanceIn = (env: Environment): Provenance => {
  const registry = env.npm_config_registry;
  if (registry !== undefined && !NPM.test(registry)) return { offered: false, why: 'this registry does not offer it' };
  if (env.GITHUB_ACTIONS === 'true') {
    return env.ACTIONS_ID_TOKEN_REQUEST_URL === undefined
      ? { offered: false, why: 'the job lacks `permissions: { id-token: write }`' }
      : { offered: true, why: 'by GitHub Actions' };
  }
  if (env.GITLAB_CI === 'true') {
    return env.SIGSTORE_ID_TOKEN === undefined
      ? { offered: false, why: 'the job lacks `id_tokens: { SIGSTORE_ID_TOKEN: { aud: sigstore } }`' }
      : { offered: true, why: 'by GitLab CI' };
  }
  return { offered: false, why: 'only the CI of GitHub or GitLab can vouch for a build' };
};
