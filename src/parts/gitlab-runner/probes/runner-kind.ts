import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { HOST_PORT, once, SECRET, SERVER, text, wordsOf } from '../../../contracts/probe-words.ts';
import { createRunnerProbe, type RunnerProbeSpec } from './runner.ts';

const words = wordsOf<RunnerProbeSpec>();

export const runnerKind: SingleKind<RunnerProbeSpec> = {
  what: 'runner',
  about: 'the runner answers on its metrics, and GitLab has seen this very process and takes its token',
  example: {
    what: 'runner',
    metrics: { service: 'gitlab-runner', port: 9252 },
    gitlab: { kind: 'service', endpoint: { service: 'gitlab', port: 80 } },
    token: 'CHATOPS_GITLAB_TOKEN',
    description: 'chatops-up:chatops runner',
  },
  words: {
    target: words.target('metrics', HOST_PORT),
    options: [
      words.option('gitlab', 'gitlab', once(SERVER)),
      words.option('token-from', 'token', once(SECRET)),
      words.option('description', 'description', once(text('TEXT'))),
    ],
  },
  create: createRunnerProbe,
};
