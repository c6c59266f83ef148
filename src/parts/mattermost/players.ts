import { createMattermostStandin } from '@chatops-up/standins/mattermost';
import type { ChoosePlayers } from '../../contracts/players.ts';

export const mattermostPlayers: ChoosePlayers = () => ({ roles: { mattermost: createMattermostStandin } });
