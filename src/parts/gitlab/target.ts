/** Where GitLab is found: by name inside the network or at our front door, or at the URL of an existing one. */
import type { Config } from '../../config/config.ts';
import { sectionOf } from '../../config/section.ts';
import { FORGE } from '../../contracts/sections/forge.ts';
import { frontDoorUrl, ownWayUrl } from '../../stack/public-urls.ts';
import type { Endpoint, HttpTarget } from '../../stack/stack.ts';

export const GIT_LABEL = 'git';
export const GITLAB_ENDPOINT: Endpoint = { service: 'gitlab', port: 80 };
export const GITLAB_SSH_PORT = 22;

/** For services and jobs. */
export const gitlabTarget = (config: Config): HttpTarget => {
  const { url } = sectionOf(config, FORGE);
  return url === undefined ? { kind: 'service', endpoint: GITLAB_ENDPOINT } : { kind: 'url', url };
};

/** For users. */
export const gitUrl = (config: Config): string => sectionOf(config, FORGE).url ?? frontDoorUrl(config, GIT_LABEL);

/** For our own commands, as users come but past a proxy of others. */
export const gitOwnWay = (config: Config): string => sectionOf(config, FORGE).url ?? ownWayUrl(config, GIT_LABEL);
