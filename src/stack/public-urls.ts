import type { Config } from '../config/config.ts';
import { frontDoor } from './front-door.ts';
import { insideName } from './names.ts';
import type { Endpoint } from './stack.ts';

/** `git.example.org`. */
export const hostName = (config: Config, label: string): string => `${label}.${config.domain}`;

/** A host of our own front door as users type it. */
export const frontDoorUrl = (config: Config, label: string): string => {
  const scheme = config.tls ? 'https' : 'http';
  const port = config.tls ? config.ports.https : config.ports.http;
  const usual = config.tls ? 443 : 80;
  return `${scheme}://${hostName(config, label)}${port === usual ? '' : `:${port}`}`;
};

/** A host of our own front door for containers beside ours: without TLS, and under a name that no program takes for its own. */
export const doorEndpoint = (config: Config, label: string): Endpoint => ({
  service: insideName(config, label),
  port: frontDoor(config).inside,
});
