import type { ImageSpec } from '../../config/additions.ts';
import { parseImageReference } from '../../config/image-reference.ts';

/** Runner and GitLab are released together under one version number. */
export const runnerImageFor = (gitlabVersion: string): string => `gitlab/gitlab-runner:alpine-v${gitlabVersion}`;

/** `19.3.0` of `gitlab/gitlab-ce:19.3.0-ce.0`: the version its runner is released under. */
export const gitlabVersionOf = (reference: string): string | undefined =>
  /^([0-9]+\.[0-9]+\.[0-9]+)(?:-|$)/.exec(parseImageReference(reference).tag ?? '')?.[1];

const REFERENCE = runnerImageFor('19.3.0');

/** Follows the rule in `rules/runner-fits-gitlab.ts`. */
export const runnerImage: ImageSpec = {
  reference: REFERENCE,
  about: 'the runner, of the same minor as GitLab',
  fitting: ({ images }) => {
    const version = gitlabVersionOf(images.gitlab ?? '');
    return version === undefined ? REFERENCE : runnerImageFor(version);
  },
};

/** CPU as Go names it → as the helper's tags do (gitlab-runner:helpers/container/helperimage/info.go). */
const HELPER_CPUS = { amd64: 'x86_64', arm64: 'arm64' } as const;

/**
 * Images of a job that names none: its own, and the runner's helper, which clones; by CPU. Of a runner whose tag says no
 * version the helper is not known.
 */
export const jobImages = (
  runnerImageReference: string,
  { image, helperImage }: { readonly image: string; readonly helperImage?: string },
): Readonly<Record<string, readonly string[]>> => {
  const version = /v([0-9]+\.[0-9]+\.[0-9]+)$/.exec(parseImageReference(runnerImageReference).tag ?? '')?.[1];
  const helper = (cpu: string): readonly string[] => {
    if (helperImage !== undefined) return [helperImage];
    if (version === undefined) return [];
    return [`registry.gitlab.com/gitlab-org/gitlab-runner/gitlab-runner-helper:${cpu}-v${version}`];
  };
  return Object.fromEntries(Object.entries(HELPER_CPUS).map(([cpu, called]) => [cpu, [image, ...helper(called)]]));
};
