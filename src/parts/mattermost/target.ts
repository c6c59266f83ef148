/** Where Mattermost is found: by name inside the network or at our front door, or at the URL of an existing one. */
import type { Config } from '../../config/config.ts';
import { sectionOf } from '../../config/section.ts';
import { isChat } from '../../contracts/chat-kind.ts';
import { CHAT } from '../../contracts/sections/chat.ts';
import { frontDoorUrl, ownWayUrl } from '../../stack/public-urls.ts';
import type { Endpoint, HttpTarget } from '../../stack/stack.ts';
import { mattermostKind } from './kind.ts';

export const CHAT_LABEL = 'chat';
export const MATTERMOST_ENDPOINT: Endpoint = { service: 'mattermost', port: 8065 };

export const isWanted = (config: Config): boolean => isChat(config, mattermostKind);

/** For services and jobs. */
export const chatTarget = (config: Config): HttpTarget => {
  const { url } = sectionOf(config, CHAT);
  return url === undefined ? { kind: 'service', endpoint: MATTERMOST_ENDPOINT } : { kind: 'url', url };
};

/** For users. */
export const chatUrl = (config: Config): string => sectionOf(config, CHAT).url ?? frontDoorUrl(config, CHAT_LABEL);

/** For our own programs and commands, as users come but past a proxy of others. */
export const chatOwnWay = (config: Config): string => sectionOf(config, CHAT).url ?? ownWayUrl(config, CHAT_LABEL);
