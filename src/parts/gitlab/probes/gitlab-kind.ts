import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { FLAG, IF_GIVEN, optional, SECRET, SERVER, wordsOf } from '../../../contracts/probe-words.ts';
import { createGitLabProbe, type GitLabProbeSpec } from './gitlab.ts';

const words = wordsOf<GitLabProbeSpec>();

export const gitlabKind: SingleKind<GitLabProbeSpec> = {
  what: 'gitlab',
  about:
    'GitLab answers a call with the token; --inside: it says that it is ready; --forms: its sign-in form gets through',
  example: {
    what: 'gitlab',
    target: { kind: 'service', endpoint: { service: 'gitlab', port: 80 } },
    token: 'CHATOPS_GITLAB_TOKEN',
    inside: true,
  },
  words: {
    target: words.target('target', SERVER),
    options: [
      words.option('token-from', 'token', optional(SECRET)),
      words.option('inside', 'inside', FLAG),
      words.option('forms', 'forms', IF_GIVEN),
    ],
  },
  create: createGitLabProbe,
};
