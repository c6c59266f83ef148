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
