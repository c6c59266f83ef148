import type { Config } from '../../config/config.ts';
import { sectionOf } from '../../config/section.ts';
import type { Contribution, Part } from '../../contracts/part.ts';
import { CHAT } from '../../contracts/sections/chat.ts';
import { PORTS } from '../../stack/names.ts';
import { chatUrl, frontDoorUrl, hostName } from '../../stack/public-urls.ts';
import type { ChatOffer, HostSpec } from '../../stack/stack.ts';
import { adminAccount, botAccount, chatTarget, proofRoom } from '../../stack/targets.ts';
import { rocketchatCauses } from './causes.ts';
import { rocketchatProbes } from './probes.ts';
import { rocketchatSecrets } from './secrets.ts';
import { rocketchatImage, rocketchatRules, rocketchatSections } from './sections.ts';
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

const offer = (config: Config): ChatOffer => {
  const publicUrl = chatUrl(config);
  const { rooms } = sectionOf(config, CHAT).bot;
  return {
    target: chatTarget(config),
    publicUrl,
    usable: { what: 'rocketchat', target: { kind: 'url', url: publicUrl } },
    admin: adminAccount(config),
    bot: botAccount(config),
    rooms,
    proofRoom: proofRoom(config),
  };
};

const contribute = (config: Config): Contribution => {
  const { url } = sectionOf(config, CHAT);
  const common = {
    secrets: rocketchatSecrets(config),
    offers: { chat: offer(config) },
    administrators: [{ title: 'Rocket.Chat', ...adminAccount(config) }],
  };
  if (url !== undefined) {
    return { nodes: [rocketchatSetup(config)], elsewhere: [{ label: LABEL, title: TITLE, url }], ...common };
  }
  return { nodes: [rocketchat(config), rocketchatSetup(config)], hosts: [host(config)], ...common };
};

export const rocketchatPart: Part = {
  name: 'rocketchat',
  section: rocketchatSections,
  rules: rocketchatRules,
  images: { rocketchat: rocketchatImage },
  timed: ['rocketchat', 'rocketchat-setup'],
  contribute,
  causes: rocketchatCauses,
  players: async () => (await import('./players.ts')).rocketchatPlayers,
  jobs: async () => ({ 'rocketchat-setup': (await import('./setup/setup.ts')).createRocketChatSetupJob }),
  probes: rocketchatProbes,
  checks: async () => (await import('./checks.ts')).rocketchatChecks,
};
