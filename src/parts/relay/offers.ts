import type { Config } from '../../config/config.ts';
import { sectionOf } from '../../config/section.ts';
import { HOOK_SECRET } from '../../contracts/hook-secret.ts';
import { CHAT } from '../../contracts/sections/chat.ts';
import { markOf } from '../../stack/names.ts';
import { frontDoorUrl, ownWayUrl } from '../../stack/public-urls.ts';
import type { Offers, RelayRef } from '../../stack/stack.ts';
import { bundlesForge, usesRelay } from '../../stack/variation.ts';
import { HOOKS_LABEL, RELAY, relayHookPrefix, relayTarget } from './place.ts';

/** An existing forge comes as users do; we come past a proxy of others. */
const readAt = (config: Config): Pick<RelayRef, 'readAt'> =>
  config.public && !bundlesForge(config) ? { readAt: { kind: 'url', url: ownWayUrl(config, HOOKS_LABEL) } } : {};

const relayRef = (config: Config): RelayRef => ({
  kind: 'relay',
  target: relayTarget(config),
  ...readAt(config),
  publicUrl: frontDoorUrl(config, HOOKS_LABEL),
  ownWay: ownWayUrl(config, HOOKS_LABEL),
  name: `${markOf(config)} relay`,
  madeBy: RELAY.service,
  secret: HOOK_SECRET,
});

export const relayOffers = (config: Config): Offers => ({
  relay: { hookPrefix: relayHookPrefix(relayTarget(config)) },
  // Where nothing is announced there is no relay; a chat that takes no deliveries has nothing else to name.
  ...(usesRelay(config) || !sectionOf(config, CHAT).takesDeliveries ? { receiver: relayRef(config) } : {}),
});
