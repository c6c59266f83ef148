import type { Config } from '../config/config.ts';
import type { PublicUrls, VirtualHost } from './stack.ts';
import { bundlesChat, bundlesGitLab } from './variation.ts';

/** `git.example.org`. */
export const hostName = (config: Config, host: VirtualHost): string => `${host}.${config.domain}`;

const frontDoorUrl = (config: Config, host: VirtualHost): string => {
  const scheme = config.tls ? 'https' : 'http';
  const port = config.tls ? config.ports.https : config.ports.http;
  const usual = config.tls ? 443 : 80;
  return `${scheme}://${hostName(config, host)}${port === usual ? '' : `:${port}`}`;
};

/** The virtual hosts our own front door serves, in the order in which they are written everywhere. */
export const servedHosts = (config: Config): readonly VirtualHost[] => [
  ...(bundlesChat(config) ? (['chat'] as const) : []),
  ...(bundlesGitLab(config) ? (['git'] as const) : []),
  'www',
  'hom',
];

/** Existing servers keep their own URL; without a GitLab there is no `git`. */
export const publicUrls = (config: Config): PublicUrls => ({
  ...(config.chat.url === undefined ? {} : { chat: config.chat.url }),
  ...(config.gitlab.url === undefined ? {} : { git: config.gitlab.url }),
  ...Object.fromEntries(servedHosts(config).map((host) => [host, frontDoorUrl(config, host)])),
});

/** Where people talk: ours, or the existing one. */
export const chatUrl = (config: Config): string => config.chat.url ?? frontDoorUrl(config, 'chat');
export const gitUrl = (config: Config): string => config.gitlab.url ?? frontDoorUrl(config, 'git');
