import type { ChoosePlayers } from '../../contracts/players.ts';

export const mattermostPlayers: ChoosePlayers = () => ({
  roles: {
    mattermost: async (context) => (await import('@chatops-up/standins/mattermost')).createMattermostStandin(context),
  },
});
