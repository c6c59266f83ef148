import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { SERVER, wordsOf } from '../../../contracts/probe-words.ts';
import { createGitLabReadyProbe, type GitLabReadySpec } from './gitlab-ready.ts';

export const gitlabReadyKind: SingleKind<GitLabReadySpec> = {
  what: 'gitlab-ready',
  about: 'GitLab says that it is ready itself, asked from an address that it allows; its database apart',
  example: { what: 'gitlab-ready', target: { kind: 'service', endpoint: { service: 'gitlab', port: 80 } } },
  words: { target: wordsOf<GitLabReadySpec>().target('target', SERVER), options: [] },
  create: createGitLabReadyProbe,
};
