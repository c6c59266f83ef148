import type { ChoosePlayers } from '../../contracts/players.ts';

/** Variables of the process that say what the stand-in plays: `ROCKETCHAT_STANDIN_INTERNET=no`. */
const OWN = 'ROCKETCHAT_STANDIN_';

export const rocketchatPlayers: ChoosePlayers = (env) => {
  const own = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith(OWN) && value !== undefined ? [[name, value] as const] : [],
  );
  return {
    roles: {
      rocketchat: async (context) => {
        const { createRocketChatStandin } = await import('@chatops-up/standins/rocketchat');
        return createRocketChatStandin({ ...context, env: { ...context.env, ...Object.fromEntries(own) } });
      },
    },
  };
};
