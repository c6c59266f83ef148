import type { Config } from '../config/config.ts';
import { sectionOf } from '../config/section.ts';
import { CHAT } from '../contracts/sections/chat.ts';
import { FORGE } from '../contracts/sections/forge.ts';
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

/** Where people talk: ours, or the existing one. */
export const chatUrl = (config: Config): string => sectionOf(config, CHAT).url ?? frontDoorUrl(config, 'chat');
export const gitUrl = (config: Config): string => sectionOf(config, FORGE).url ?? frontDoorUrl(config, 'git');

/** A host of our own front door for containers beside ours: without TLS, and under a name that no program takes for its own. */
export const doorEndpoint = (config: Config, label: string): Endpoint => ({
  service: insideName(config, label),
  port: frontDoor(config).inside,
});
