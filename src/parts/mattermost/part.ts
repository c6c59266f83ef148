import type { Config } from '../../config/config.ts';
import { sectionOf } from '../../config/section.ts';
import type { Contribution, Part } from '../../contracts/part.ts';
import { CHAT } from '../../contracts/sections/chat.ts';
import { adminAccount } from '../../stack/chat-accounts.ts';
import { frontDoorUrl, hostName } from '../../stack/public-urls.ts';
import type { HostSpec, Offers } from '../../stack/stack.ts';
import { mattermostCauses } from './causes.ts';
import { mattermostImage } from './image.ts';
import { mattermostKind } from './kind.ts';
import { chatOffer, SETUP } from './offers.ts';
import { mattermostProbes } from './probes.ts';
import { namesCanBeMade } from './rules/names-can-be-made.ts';
import { ownChannelIsOpen } from './rules/own-channel-is-open.ts';
import { mattermostSecrets } from './secrets.ts';
import { mattermost } from './service.ts';
import { mattermostSetup } from './setup-node.ts';
import { mattermostSpoken } from './spoken.ts';
import { CHAT_LABEL, isWanted, MATTERMOST_ENDPOINT } from './target.ts';

const TITLE = 'Chat';

const host = (config: Config): HostSpec => ({
  label: CHAT_LABEL,
  name: hostName(config, CHAT_LABEL),
  url: frontDoorUrl(config, CHAT_LABEL),
  title: TITLE,
  content: {
    kind: 'proxy',
    upstream: MATTERMOST_ENDPOINT,
    // Its own limit for files is 100 MB by default; above it, its message is better than nginx's.
    maxBodySize: '200m',
    streams: false,
    webSocket: true,
    webSocketPath: '/api/v4/websocket',
    posted: { below: '/hooks/', maxBodySize: '4m' },
    signIns: ['/api/v4/users/login'],
  },
  signature: '/api/v4/system/ping 200',
  // The first account administers the server.
  closedUntil: SETUP,
});

const contribute = (config: Config, { sql }: Offers): Contribution => {
  const { url } = sectionOf(config, CHAT);
  const common = {
    secrets: mattermostSecrets(config),
    administrators: [{ title: mattermostKind.title, ...adminAccount(config) }],
  };
  if (url !== undefined) {
    return { nodes: [mattermostSetup(config)], elsewhere: [{ label: CHAT_LABEL, title: TITLE, url }], ...common };
  }
  const nodes = [...(sql ? [mattermost(config, sql)] : []), mattermostSetup(config)];
  return { nodes, hosts: [host(config)], ...common };
};

export const mattermostPart: Part = {
  name: 'mattermost',
  chat: mattermostKind,
  spoken: mattermostSpoken,
  rules: [namesCanBeMade, ownChannelIsOpen],
  images: { mattermost: mattermostImage },
  timed: ['mattermost', 'mattermost-setup'],
  limited: ['mattermost'],
  offers: (config) => (isWanted(config) ? { chat: chatOffer(config) } : {}),
  contribute: (config, offers) => (isWanted(config) ? contribute(config, offers) : {}),
  causes: mattermostCauses,
  players: async () => (await import('./players.ts')).mattermostPlayers,
  jobs: async () => ({ 'mattermost-setup': (await import('./setup/setup.ts')).createMattermostSetupJob }),
  probes: mattermostProbes,
  checks: async () => (await import('./checks.ts')).mattermostChecks,
};
