/** What a GitLab can do by its version and edition: every difference that a client of ours may meet. */

export type Edition = 'ce' | 'ee';

export interface Features {
  readonly version: string;
  readonly edition: Edition;
  /** `grant_type=password`; removed from self-managed GitLab in 19.0 (GitLab epic 16465). */
  readonly passwordGrant: boolean;
  /** `token_present`, `signing_token_present` and signed deliveries (19.0, doc/api/project_webhooks.md). */
  readonly tokenPresent: boolean;
  readonly signing: boolean;
  /** name and description of project hooks (17.1). */
  readonly hookNames: boolean;
  /** name and description of system hooks (16.9). */
  readonly systemHookNames: boolean;
  /** Custom headers (17.1). */
  readonly customHeaders: boolean;
  /** The test call of project hooks (16.11). */
  readonly hookTest: boolean;
  /** The log of deliveries (17.3) and sending one again (17.4). */
  readonly hookEvents: boolean;
  readonly hookResend: boolean;
  /** All failures of a hook count alike, and one that was switched off tries again (17.11, gitlab-org/gitlab!166329). */
  readonly failuresAlike: boolean;
  /** milestone_events (18.2). */
  readonly milestoneEvents: boolean;
  /** PUT of a hook wants `url` (before 19.0). */
  readonly hookEditNeedsUrl: boolean;
  /** Default of `allow_runner_registration_token` (off from 17.0). */
  readonly registrationTokens: boolean;
  /** `POST /runners` with a registration token; announced as removed in 20.0 (docs.gitlab.com/update/deprecations). */
  readonly registerRunners: boolean;
  /** `POST /personal_access_tokens/self/rotate` (16.10; 16.0 knew only the form with an id). */
  readonly rotateSelf: boolean;
  /** `GET /metadata` with `enterprise` (15.2 and 15.6). */
  readonly metadata: boolean;
  /** Group hooks live in the EE tree only. */
  readonly groupHooks: boolean;
}

/** Lenient: `19.3.0-pre`, `17.11.4-ee` and `18` are all understood; what is missing counts as 0. */
const numbersOf = (version: string): readonly [number, number] => {
  const [, major = '0', minor = '0'] = /^(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  return [Number(major), Number(minor)];
};

export const atLeast = (version: string, wanted: string): boolean => {
  const [major, minor] = numbersOf(version);
  const [wantedMajor, wantedMinor] = numbersOf(wanted);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
};

export const featuresOf = (version: string, edition: Edition): Features => {
  const since = (wanted: string) => atLeast(version, wanted);
  return {
    version,
    edition,
    passwordGrant: !since('19.0'),
    tokenPresent: since('19.0'),
    signing: since('19.0'),
    hookNames: since('17.1'),
    systemHookNames: since('16.9'),
    customHeaders: since('17.1'),
    hookTest: since('16.11'),
    hookEvents: since('17.3'),
    hookResend: since('17.4'),
    failuresAlike: since('17.11'),
    milestoneEvents: since('18.2'),
    hookEditNeedsUrl: !since('19.0'),
    registrationTokens: !since('17.0'),
    registerRunners: !since('20.0'),
    rotateSelf: since('16.10'),
    metadata: since('15.2'),
    groupHooks: edition === 'ee',
  };
};

/** `gitlab/gitlab-ee:17.11.4-ee.0` → version and edition; undefined when the tag carries no version. */
export const versionOfImage = (image: string): { readonly version: string; readonly edition: Edition } | undefined => {
  const [, edition, version] = /gitlab-(ce|ee):v?(\d+\.\d+(?:\.\d+)?)/.exec(image) ?? [];
  if (version === undefined) return undefined;
  return { version: version.split('.').length === 2 ? `${version}.0` : version, edition: edition as Edition };
};
