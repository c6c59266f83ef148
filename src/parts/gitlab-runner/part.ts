import type { Config } from '../../config/config.ts';
import type { Contribution, Part } from '../../contracts/part.ts';
import { wantedRunner } from '../../stack/variation.ts';
import { runnerCauses } from './causes.ts';
import { runnerImage } from './image.ts';
import { runnerKind } from './probes/runner-kind.ts';
import { gitlabRunnerRenderer, RUNNER_PIECE } from './render.ts';
import { runnerRules } from './rules.ts';
import { runnerSection } from './section.ts';
import { gitlabRunner } from './service.ts';
import { runnerOffer, runnerRegistration } from './setup-node.ts';

const contribute = (config: Config): Contribution => {
  const runner = wantedRunner(config);
  if (!runner) return {};
  return {
    nodes: [runnerRegistration(config, runner), gitlabRunner(config, runner)],
    offers: { runner: runnerOffer(runner) },
  };
};

export const gitlabRunnerPart: Part = {
  name: 'gitlab-runner',
  section: runnerSection,
  rules: runnerRules,
  images: { 'gitlab-runner': runnerImage },
  timed: ['runner-registration', 'gitlab-runner'],
  causes: runnerCauses,
  contribute,
  renderers: [gitlabRunnerRenderer],
  pieces: [RUNNER_PIECE],
  players: async () => (await import('./players.ts')).runnerPlayers,
  jobs: async () => ({
    'runner-registration': (await import('./setup/runner-registration.ts')).createRunnerRegistrationJob,
  }),
  probes: [runnerKind],
  checks: async () => (await import('./checks.ts')).runnerChecks,
};
