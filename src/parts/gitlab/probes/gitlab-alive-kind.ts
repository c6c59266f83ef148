import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { SERVER, wordsOf } from '../../../contracts/probe-words.ts';
import { createGitLabAliveProbe, type GitLabAliveSpec } from './gitlab-alive.ts';

export const gitlabAliveKind: SingleKind<GitLabAliveSpec> = {
  what: 'gitlab-alive',
  about: 'GitLab says that it is alive, asked from an address that it allows',
  example: { what: 'gitlab-alive', target: { kind: 'service', endpoint: { service: 'gitlab', port: 80 } } },
  words: { target: wordsOf<GitLabAliveSpec>().target('target', SERVER), options: [] },
  create: createGitLabAliveProbe,
};
