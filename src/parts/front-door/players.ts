import { findProgram } from '../../adapters/find-program.ts';
import type { ChoosePlayers, Player } from '../../contracts/players.ts';
import { loopbackTarget } from './client/loopback-target.ts';
import { createRealNginx } from './client/real-nginx.ts';
import { NGINX_CONF, nginxConf } from './render.ts';

const standin: Player = async (context) =>
  (await import('@chatops-up/standins/front-door')).createFrontDoorStandin(context);

export const frontDoorPlayers: ChoosePlayers = (env) => {
  const nginx = findProgram('nginx', 'CHATOPS_NGINX', env);
  return {
    roles: { nginx: nginx === undefined ? standin : (context) => createRealNginx(nginx, context) },
    real: { nginx: 'nginx' },
    files: {
      [NGINX_CONF]: (stack, addresses, folders) => nginxConf(stack, loopbackTarget(stack, addresses, folders)),
    },
  };
};
