import type { Config } from '../../config/config.ts';
import { sectionOf } from '../../config/section.ts';
import type { Contribution, Part } from '../../contracts/part.ts';
import { FORGE } from '../../contracts/sections/forge.ts';
import { frontDoorUrl, hostName } from '../../stack/public-urls.ts';
import type { HostSpec, Offers } from '../../stack/stack.ts';
import { bundlesForge, usesForge } from '../../stack/variation.ts';
import { gitlabCauses } from './causes.ts';
import { notifierSection } from './notifier-section.ts';
import { gitlabOffers } from './offers.ts';
import { gitlabAliveKind } from './probes/gitlab-alive-kind.ts';
import { gitlabKind } from './probes/gitlab-kind.ts';
import { gitlabReadyKind } from './probes/gitlab-ready-kind.ts';
import { gitlabRules } from './rules.ts';
import { GITLAB_ROOT_PASSWORD } from './secret-names.ts';
import { gitlabSecrets } from './secrets.ts';
import { gitlabSection } from './section.ts';
import { gitlab } from './service.ts';
import { gitlabSetup } from './setup-node.ts';
import { GIT_LABEL, GITLAB_ENDPOINT } from './target.ts';

const TITLE = 'Git';
const SUMMARY = 'GitLab';

const host = (config: Config): HostSpec => ({
  label: GIT_LABEL,
  name: hostName(config, GIT_LABEL),
  url: frontDoorUrl(config, GIT_LABEL),
  title: TITLE,
  summary: SUMMARY,
  content: {
    kind: 'proxy',
    upstream: GITLAB_ENDPOINT,
    maxBodySize: '0',
    streams: true,
    // Its health answers are for the stack's own network; elsewhere under `/-/` are pages for users. Its routes take any
    // ending after a name (Rails: `(.:format)`), so only a letter, a digit, `-` or `_` makes another name of it.
    closedPaths: '^/+(-/+(health|liveness|readiness|metrics)|health_check)(?![A-Za-z0-9_-])',
    signIns: ['/users/sign_in', '/oauth/token'],
    webSocket: false,
  },
  signature: 'gitlab',
});

/** Its hooks lead to the chat or beside it: where nothing takes them, there is nothing for it to do. */
const contribute = (config: Config, offers: Offers): Contribution => {
  const { receiver } = offers;
  if (!usesForge(config) || !receiver) return {};
  const { url } = sectionOf(config, FORGE);
  const secrets = gitlabSecrets(config);
  const setup = gitlabSetup(config, offers, receiver);
  if (url !== undefined) {
    return {
      nodes: [setup],
      elsewhere: [{ label: GIT_LABEL, title: TITLE, summary: SUMMARY, url }],
      secrets,
    };
  }
  return {
    nodes: [gitlab(config, receiver), setup],
    hosts: [host(config)],
    administrators: [{ title: SUMMARY, username: 'root', password: GITLAB_ROOT_PASSWORD }],
    secrets,
  };
};

export const gitlabPart: Part = {
  name: 'gitlab',
  section: [gitlabSection, notifierSection],
  rules: gitlabRules,
  images: { gitlab: { reference: 'gitlab/gitlab-ce:19.3.0-ce.0', about: 'GitLab' } },
  ports: {
    ssh: {
      port: 2222,
      about: "the bundled GitLab's SSH",
      opened: { reads: ['gitlab.kind'], by: bundlesForge },
    },
  },
  timed: ['gitlab', 'gitlab-setup'],
  limited: ['gitlab'],
  offers: gitlabOffers,
  contribute,
  causes: gitlabCauses,
  players: async () => (await import('./players.ts')).gitlabPlayers,
  jobs: async () => ({ 'gitlab-setup': (await import('./setup/gitlab-setup.ts')).createGitLabSetupJob }),
  probes: [gitlabKind, gitlabAliveKind, gitlabReadyKind],
  playedForge: async () => (await import('./deliveries/played-forge.ts')).playedGitLab,
  checks: async () => (await import('./checks.ts')).gitlabPartChecks,
};
