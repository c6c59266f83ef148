/** Where the relay is found, by us and by a forge. */
import type { Config } from '../../config/config.ts';
import { frontDoorUrl } from '../../stack/public-urls.ts';
import type { Endpoint, HttpTarget } from '../../stack/stack.ts';
import { bundlesForge } from '../../stack/variation.ts';

export const RELAY: Endpoint = { service: 'relay', port: 9095 };

/** Label of the host under which the front door passes deliveries on. */
export const HOOKS_LABEL = 'hooks';

/** Variable in which the relay of a stack finds its settings, JSON; no secret stands in them. */
export const RELAY_SETTINGS = 'CHATOPS_RELAY_SETTINGS';

/** A forge of ours calls the relay by its name, an existing one at its public host. */
export const relayTarget = (config: Config): HttpTarget =>
  bundlesForge(config) ? { kind: 'service', endpoint: RELAY } : { kind: 'url', url: frontDoorUrl(config, HOOKS_LABEL) };

/** What the address of every hook of a relay begins with, for who reaches it there; the room follows, encoded for a query. */
export const relayHookPrefix = (target: HttpTarget): string => {
  const base = target.kind === 'url' ? target.url : `http://${target.endpoint.service}:${target.endpoint.port}`;
  return `${base}/hooks/gitlab?channel=`;
};
