import type { Config } from '../config/config.ts';
import { SCHEME_PORTS } from '../config/defaults.ts';
import { frontDoor } from './front-door.ts';
import { insideName } from './names.ts';
import type { Endpoint } from './stack.ts';

/** `git.example.org`. */
export const hostName = (config: Config, label: string): string => `${label}.${config.domain}`;

const typed = ({ tls, ports, public: outer }: Config): { readonly scheme: 'http' | 'https'; readonly port: number } => {
  if (outer) return outer;
  return tls ? { scheme: 'https', port: ports.https } : { scheme: 'http', port: ports.http };
};

/** A host of our own front door as users type it: with a proxy of others before it, the address of that. */
export const frontDoorUrl = (config: Config, label: string): string => {
  const { scheme, port } = typed(config);
  return `${scheme}://${hostName(config, label)}${port === SCHEME_PORTS[scheme] ? '' : `:${port}`}`;
};

/** A host of our own front door for containers beside ours: without TLS, and under a name that no program takes for its own. */
export const doorEndpoint = (config: Config, label: string): Endpoint => ({
  service: insideName(config, label),
  port: frontDoor(config).inside,
});

/**
 * A host of our own front door as programs and commands of the stack reach it: as users do, but past a proxy of others,
 * which may be away, or not yet there.
 */
export const ownWayUrl = (config: Config, label: string): string => {
  if (!config.public) return frontDoorUrl(config, label);
  const { service, port } = doorEndpoint(config, label);
  return `http://${service}:${port}`;
};
