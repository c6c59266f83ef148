import type { Config } from '../../config/config.ts';
import type { Contribution, Part } from '../../contracts/part.ts';
import type { Offers } from '../../stack/stack.ts';
import { wantedRunner } from '../../stack/variation.ts';
import { runnerCauses } from './causes.ts';
import { runnerImage } from './image.ts';
import { runnerKind } from './probes/runner-kind.ts';
import { gitlabRunnerRenderer, RUNNER_PIECE } from './render.ts';
import { runnerRules } from './rules.ts';
import { runnerSection } from './section.ts';
import { gitlabRunner } from './service.ts';
import { runnerOffer, runnerRegistration } from './setup-node.ts';

const offers = (config: Config): Offers => {
  const runner = wantedRunner(config);
  return runner ? { runner: runnerOffer(runner) } : {};
};

const contribute = (config: Config, { forge }: Offers): Contribution => {
  const runner = wantedRunner(config);
  if (!runner || !forge) return {};
  return { nodes: [runnerRegistration(config, forge, runner), gitlabRunner(config, forge, runner)] };
};

export const gitlabRunnerPart: Part = {
  name: 'gitlab-runner',
  section: runnerSection,
  rules: runnerRules,
  images: { 'gitlab-runner': runnerImage },
  timed: ['runner-registration', 'gitlab-runner'],
  limited: ['gitlab-runner'],
  causes: runnerCauses,
  offers,
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
