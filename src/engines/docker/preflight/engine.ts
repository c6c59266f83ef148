import { isNewEnough, OLDEST } from '../engine-version.ts';
import type { Check } from './facts.ts';

export const engineIsNewEnough: Check = ({ engineVersion }) =>
  isNewEnough(engineVersion)
    ? []
    : [
        {
          level: 'refusal',
          code: 'ENGINE_UNAVAILABLE',
          what: `Docker Engine ${engineVersion} is too old`,
          why: `what is asked of it came with ${OLDEST.major}.${OLDEST.minor}`,
          next: 'install a newer one, or use --engine embedded',
        },
      ];

export const composeIsThere: Check = ({ hasCompose }) =>
  hasCompose
    ? []
    : [
        {
          level: 'refusal',
          code: 'ENGINE_UNAVAILABLE',
          what: 'Docker has no Compose plugin',
          why: '`docker compose version` fails',
          next: 'install docker-compose-plugin (docker-compose-v2 on some systems), or use --engine embedded',
        },
      ];
