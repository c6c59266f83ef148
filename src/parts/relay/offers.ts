import type { Config } from '../../config/config.ts';
import { HOOK_SECRET } from '../../contracts/hook-secret.ts';
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
  ...(usesRelay(config) ? { receiver: relayRef(config) } : {}),
});
