import { createFrontDoorStandin } from '@chatops-up/standins/front-door';
import { findProgram } from '../../adapters/find-program.ts';
import type { ChoosePlayers } from '../../contracts/players.ts';
import { loopbackPlaces } from './client/loopback-places.ts';
import { createRealNginx } from './client/real-nginx.ts';
import { renderNginx } from './render.ts';

export const frontDoorPlayers: ChoosePlayers = (env) => {
  const nginx = findProgram('nginx', 'CHATOPS_NGINX', env);
  return {
    roles: { nginx: nginx === undefined ? createFrontDoorStandin : (context) => createRealNginx(nginx, context) },
    files: (stack, addresses, folders) => renderNginx(stack, loopbackPlaces(stack, addresses, folders)),
  };
};
