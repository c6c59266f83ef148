import { createRocketChatStandin } from '@chatops-up/standins/rocketchat';
import type { ChoosePlayers } from '../../contracts/players.ts';

export const rocketchatPlayers: ChoosePlayers = () => ({ roles: { rocketchat: createRocketChatStandin } });
