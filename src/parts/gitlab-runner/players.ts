import { createRunnerStandin } from '@chatops-up/standins/runner';
import type { ChoosePlayers } from '../../contracts/players.ts';

export const runnerPlayers: ChoosePlayers = () => ({ roles: { 'gitlab-runner': createRunnerStandin } });
