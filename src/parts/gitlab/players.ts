import { createGitLabStandin } from '@chatops-up/standins/gitlab';
import type { ChoosePlayers } from '../../contracts/players.ts';

export const gitlabPlayers: ChoosePlayers = () => ({ roles: { gitlab: createGitLabStandin } });
