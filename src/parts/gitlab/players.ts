import type { ChoosePlayers } from '../../contracts/players.ts';

export const gitlabPlayers: ChoosePlayers = () => ({
  roles: {
    gitlab: async (context) => (await import('@chatops-up/standins/gitlab')).createGitLabStandin(context),
  },
});
