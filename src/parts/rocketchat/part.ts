import type { Config } from '../../config/config.ts';
import { sectionOf } from '../../config/section.ts';
import { isChat } from '../../contracts/chat-kind.ts';
import type { Contribution, Part } from '../../contracts/part.ts';
import { CHAT } from '../../contracts/sections/chat.ts';
import { adminAccount } from '../../stack/chat-accounts.ts';
import { frontDoorUrl, hostName } from '../../stack/public-urls.ts';
import type { HostSpec, Offers } from '../../stack/stack.ts';
import { rocketchatCauses } from './causes.ts';
import { rocketchatImage } from './image.ts';
import { rocketchatKind } from './kind.ts';
import { rocketchatOffers } from './offers.ts';
import { rocketchatProbes } from './probes.ts';
import { rocketchatRules } from './rules.ts';
import { rocketchatSecrets } from './secrets.ts';
import { rocketchat } from './service.ts';
import { rocketchatSetup } from './setup-node.ts';
import { rocketchatSpoken } from './spoken.ts';
import { CHAT_ENDPOINT, CHAT_LABEL } from './target.ts';

const TITLE = 'Chat';

const host = (config: Config): HostSpec => ({
  label: CHAT_LABEL,
  name: hostName(config, CHAT_LABEL),
  url: frontDoorUrl(config, CHAT_LABEL),
  title: TITLE,
  content: {
    kind: 'proxy',
    upstream: CHAT_ENDPOINT,
    // Rocket.Chat's own limit for uploads is 100 MB by default; above it, its message is better than nginx's.
    maxBodySize: '200m',
    streams: false,
    webSocket: true,
    // A GET makes Rocket.Chat run the hook's script and post without any secret. A delivery of 4.7 MB ends the sandbox of
    // the script for good, where one of 3.1 MB passes (isolated-vm with 8 MB, RC 8.6, app/integrations/server/lib/isolated-vm).
    posted: { below: '/hooks/', butRead: '/hooks/info/', maxBodySize: '3m' },
    signIns: ['/api/v1/login'],
  },
  signature: 'rocketchat',
});

const isWanted = (config: Config): boolean => isChat(config, rocketchatKind);

const contribute = (config: Config, { database, forge }: Offers): Contribution => {
  const { url } = sectionOf(config, CHAT);
  const common = {
    secrets: rocketchatSecrets(config, database),
    administrators: [{ title: rocketchatKind.title, ...adminAccount(config) }],
  };
  if (url !== undefined) {
    return {
      nodes: [rocketchatSetup(config, forge)],
      elsewhere: [{ label: CHAT_LABEL, title: TITLE, url }],
      ...common,
    };
  }
  return { nodes: [rocketchat(config, database), rocketchatSetup(config, forge)], hosts: [host(config)], ...common };
};

export const rocketchatPart: Part = {
  name: 'rocketchat',
  chat: rocketchatKind,
  spoken: rocketchatSpoken,
  rules: rocketchatRules,
  images: { rocketchat: rocketchatImage },
  timed: ['rocketchat', 'rocketchat-setup'],
  limited: ['rocketchat'],
  offers: (config) => (isWanted(config) ? rocketchatOffers(config) : {}),
  contribute: (config, offers) => (isWanted(config) ? contribute(config, offers) : {}),
  causes: rocketchatCauses,
  players: async () => (await import('./players.ts')).rocketchatPlayers,
  jobs: async () => ({ 'rocketchat-setup': (await import('./setup/setup.ts')).createRocketChatSetupJob }),
  probes: rocketchatProbes,
  checks: async () => (await import('./checks.ts')).rocketchatChecks,
};
