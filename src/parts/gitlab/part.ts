import type { Config } from '../../config/config.ts';
import type { Contribution, Part } from '../../contracts/part.ts';
import { PORTS } from '../../stack/names.ts';
import { frontDoorUrl, hostName } from '../../stack/public-urls.ts';
import type { HostSpec } from '../../stack/stack.ts';
import { usesGitLab } from '../../stack/variation.ts';
import { gitlabCauses } from './causes.ts';
import { gitlabSecrets } from './secrets.ts';
import { gitlab } from './service.ts';
import { gitlabSetup } from './setup-node.ts';

const LABEL = 'git';
const TITLE = 'Git';

const host = (config: Config): HostSpec => ({
  label: LABEL,
  name: hostName(config, LABEL),
  url: frontDoorUrl(config, LABEL),
  title: TITLE,
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

const contribute = (config: Config): Contribution => {
  if (!usesGitLab(config)) return {};
  const { url } = config.gitlab;
  const secrets = gitlabSecrets(config);
  if (url !== undefined) {
    return { nodes: [gitlabSetup(config)], elsewhere: [{ label: LABEL, title: TITLE, url }], secrets };
  }
  return { nodes: [gitlab(config), gitlabSetup(config)], hosts: [host(config)], secrets };
};

export const gitlabPart: Part = {
  name: 'gitlab',
  contribute,
  causes: gitlabCauses,
  players: async () => (await import('./players.ts')).gitlabPlayers,
};
