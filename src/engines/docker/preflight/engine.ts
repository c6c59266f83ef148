import { isNewEnough, OLDEST_CALLED } from '../engine-version.ts';
import type { PreflightCheck } from './facts.ts';

export const engineIsNewEnough: PreflightCheck = ({ engine }) =>
  isNewEnough(engine)
    ? []
    : [
        {
          level: 'refusal',
          code: 'ENGINE_UNAVAILABLE',
          what: `${engine.called} is too old`,
          why: `it speaks version ${engine.api} of the Engine API; what is asked of it came with ${OLDEST_CALLED}`,
          next: 'install a newer one, or use --engine embedded',
        },
      ];

export const composeIsThere: PreflightCheck = ({ hasCompose }) =>
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
