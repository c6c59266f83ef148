import type { Config } from '../../config/config.ts';
import type { Part } from '../../contracts/part.ts';
import { frontDoorUrl, hostName } from '../../stack/public-urls.ts';
import type { HostSpec } from '../../stack/stack.ts';
import { usesRelay } from '../../stack/variation.ts';
import { relayCauses } from './causes.ts';
import { relayOffers } from './offers.ts';
import { HOOKS_LABEL, RELAY } from './place.ts';
import { relay } from './service.ts';

/** An existing GitLab reaches the relay through the front door, and so do we when we play deliveries. */
const host = (config: Config): HostSpec => ({
  forPrograms: true,
  label: HOOKS_LABEL,
  name: hostName(config, HOOKS_LABEL),
  url: frontDoorUrl(config, HOOKS_LABEL),
  title: 'Deliveries of GitLab',
  content: {
    kind: 'proxy',
    upstream: RELAY,
    // As large as GitLab sends them.
    maxBodySize: '25m',
    streams: false,
    // Its health is for the stack alone: how many messages wait, and why.
    closedPaths: '^/(?!hooks/)',
    webSocket: false,
  },
  signature: '/hooks/alive 200',
});

export const relayPart: Part = {
  name: 'relay',
  timed: ['relay'],
  limited: ['relay'],
  causes: relayCauses,
  offers: relayOffers,
  contribute: (config, { chat, forge }) =>
    chat && forge && usesRelay(config) ? { nodes: [relay(config, chat, forge)], hosts: [host(config)] } : {},
};
