import type { Config } from '../../config/config.ts';
import { GITLAB_ROOT_PASSWORD, GITLAB_TOKEN } from '../../config/secret-names.ts';
import { sectionOf } from '../../config/section.ts';
import type { Contribution, Part } from '../../contracts/part.ts';
import { FORGE } from '../../contracts/sections/forge.ts';
import { PORTS } from '../../stack/names.ts';
import { frontDoorUrl, gitUrl, hostName } from '../../stack/public-urls.ts';
import type { ForgeOffer, HostSpec } from '../../stack/stack.ts';
import { gitlabTarget, receiverRef } from '../../stack/targets.ts';
import { bundlesGitLab, usesGitLab } from '../../stack/variation.ts';
import { gitlabCauses } from './causes.ts';
import { gitlabAliveKind } from './probes/gitlab-alive-kind.ts';
import { gitlabKind } from './probes/gitlab-kind.ts';
import { gitlabReadyKind } from './probes/gitlab-ready-kind.ts';
import { gitlabRules } from './rules.ts';
import { gitlabSecrets } from './secrets.ts';
import { gitlabSection } from './section.ts';
import { gitlab } from './service.ts';
import { gitlabSetup, hookSpec } from './setup-node.ts';

const LABEL = 'git';
const TITLE = 'Git';
const SUMMARY = 'GitLab';

const host = (config: Config): HostSpec => ({
  label: LABEL,
  name: hostName(config, LABEL),
  url: frontDoorUrl(config, LABEL),
  title: TITLE,
  summary: SUMMARY,
  content: {
    kind: 'proxy',
    upstream: { service: 'gitlab', port: PORTS.gitlab },
    maxBodySize: '0',
    streams: true,
    // Its health answers are for the stack's own network; elsewhere under `/-/` are pages for people.
    closedPaths: '^/(-/(health|liveness|readiness|metrics)|health_check)(/|$)',
    webSocket: false,
  },
  signature: 'gitlab',
});

const offer = (config: Config): ForgeOffer => ({
  ref: { title: SUMMARY, target: gitlabTarget(config), token: GITLAB_TOKEN },
  publicUrl: gitUrl(config),
  external: !bundlesGitLab(config),
  hooksBy: 'gitlab-setup',
  announces: sectionOf(config, FORGE).announce.map((announced, index) => {
    const { branches, loud } = announced;
    const filter = { ...(branches && { branches }), ...(loud && { loud }) };
    return { ...hookSpec(announced, index), ...(Object.keys(filter).length > 0 && { filter }) };
  }),
  receiver: receiverRef(config),
});

const contribute = (config: Config): Contribution => {
  if (!usesGitLab(config)) return {};
  const { url } = sectionOf(config, FORGE);
  const common = { secrets: gitlabSecrets(config), offers: { forge: offer(config) } };
  if (url !== undefined) {
    return {
      nodes: [gitlabSetup(config)],
      elsewhere: [{ label: LABEL, title: TITLE, summary: SUMMARY, url }],
      ...common,
    };
  }
  return {
    nodes: [gitlab(config), gitlabSetup(config)],
    hosts: [host(config)],
    administrators: [{ title: SUMMARY, username: 'root', password: GITLAB_ROOT_PASSWORD }],
    ...common,
  };
};

export const gitlabPart: Part = {
  name: 'gitlab',
  section: gitlabSection,
  rules: gitlabRules,
  images: { gitlab: { reference: 'gitlab/gitlab-ce:19.3.0-ce.0', about: 'GitLab' } },
  ports: {
    ssh: {
      port: 2222,
      about: "the bundled GitLab's SSH",
      opened: { reads: ['gitlab.kind'], by: bundlesGitLab },
    },
  },
  timed: ['gitlab', 'gitlab-setup'],
  contribute,
  causes: gitlabCauses,
  players: async () => (await import('./players.ts')).gitlabPlayers,
  jobs: async () => ({ 'gitlab-setup': (await import('./setup/gitlab-setup.ts')).createGitLabSetupJob }),
  probes: [gitlabKind, gitlabAliveKind, gitlabReadyKind],
  playedForge: async () => (await import('./deliveries/played-forge.ts')).playedGitLab,
  checks: async () => (await import('./checks.ts')).gitlabPartChecks,
};
