import type { Config } from '../../config/config.ts';
import type { Contribution, Part } from '../../contracts/part.ts';
import { PORTS } from '../../stack/names.ts';
import { frontDoorUrl, hostName } from '../../stack/public-urls.ts';
import type { HostSpec } from '../../stack/stack.ts';
import { rocketchatCauses } from './causes.ts';
import { rocketchatSecrets } from './secrets.ts';
import { rocketchat } from './service.ts';
import { rocketchatSetup } from './setup-node.ts';

const LABEL = 'chat';
const TITLE = 'Chat';

const host = (config: Config): HostSpec => ({
  label: LABEL,
  name: hostName(config, LABEL),
  url: frontDoorUrl(config, LABEL),
  title: TITLE,
  content: {
    kind: 'proxy',
    upstream: { service: 'rocketchat', port: PORTS.rocketchat },
    // Rocket.Chat's own limit for uploads is 100 MB by default; above it, its message is better than nginx's.
    maxBodySize: '200m',
    streams: false,
    webSocket: true,
  },
  signature: 'rocketchat',
});

const contribute = (config: Config): Contribution => {
  const { url } = config.chat;
  const secrets = rocketchatSecrets(config);
  if (url !== undefined) {
    return { nodes: [rocketchatSetup(config)], elsewhere: [{ label: LABEL, title: TITLE, url }], secrets };
  }
  return { nodes: [rocketchat(config), rocketchatSetup(config)], hosts: [host(config)], secrets };
};

export const rocketchatPart: Part = {
  name: 'rocketchat',
  contribute,
  causes: rocketchatCauses,
  players: async () => (await import('./players.ts')).rocketchatPlayers,
};
