import type { Config } from '../config/config.ts';
import type { House } from '../contracts/house.ts';
import type { Contribution, Draft } from '../contracts/part.ts';
import { withAuthority } from './authority.ts';
import { frontDoor } from './front-door.ts';
import { checkGraph } from './graph.ts';
import { withLimits } from './limits.ts';
import { markOf } from './names.ts';
import { networksOf } from './networks.ts';
import { offersOf } from './offers.ts';
import { readSecrets } from './read-secrets.ts';
import type { AddressSpec, HostSpec, Stack } from './stack.ts';
import { withTimeouts } from './timeouts.ts';

const EMPTY: Omit<Draft, 'offers'> = { nodes: [], hosts: [], addresses: [], administrators: [], secrets: [] };

const addressOf = ({ label, title, url, summary }: HostSpec): AddressSpec => ({
  label,
  title,
  url,
  ...(summary === undefined ? {} : { summary }),
});

const added = (
  draft: Draft,
  { nodes = [], hosts = [], elsewhere = [], administrators = [], secrets = [] }: Contribution = {},
): Draft => ({
  nodes: [...draft.nodes, ...nodes],
  hosts: [...draft.hosts, ...hosts],
  addresses: [...draft.addresses, ...elsewhere, ...hosts.filter(({ forPrograms }) => !forPrograms).map(addressOf)],
  administrators: [...draft.administrators, ...administrators],
  secrets: [...draft.secrets, ...secrets],
  offers: draft.offers,
});

/**
 * The whole desired state, folded over the parts in their order. Pure; the same configuration gives the same stack.
 * @throws ChatopsError GRAPH_UNKNOWN_NODE, GRAPH_CYCLE: only through a fault of a part, as users write no gates.
 */
export const buildStack = (config: Config, { parts, probes }: Pick<House, 'parts' | 'probes'>): Stack => {
  const offers = offersOf(config, parts);
  const inner = parts.reduce((draft, part) => added(draft, part.contribute?.(config, offers)), { ...EMPTY, offers });
  const { addresses, hosts, ...whole } = parts.reduce(
    (draft, part) => added(draft, part.surround?.(config, draft, probes)),
    inner,
  );
  const nodes = withLimits(withTimeouts(withAuthority(whole.nodes, config), config), config);
  checkGraph(nodes);
  return {
    name: config.name,
    domain: config.domain,
    mark: markOf(config),
    nodes,
    hosts,
    addresses,
    publicUrls: Object.fromEntries(addresses.map(({ label, url }) => [label, url])),
    door: frontDoor(config),
    bind: config.bind,
    networks: networksOf({ name: config.name, nodes }, probes),
    offers,
    administrators: whole.administrators,
    secrets: readSecrets(whole.secrets, nodes, probes),
    toolsImage: config.images.tools,
    images: config.images,
  };
};
