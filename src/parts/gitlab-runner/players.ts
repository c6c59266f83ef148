import type { ChoosePlayers } from '../../contracts/players.ts';

export const runnerPlayers: ChoosePlayers = () => ({
  roles: {
    'gitlab-runner': async (context) => (await import('@chatops-up/standins/runner')).createRunnerStandin(context),
  },
});
