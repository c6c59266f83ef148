/** Mattermost as `chat.kind`. */
import type { ChatKind } from '../../contracts/chat-kind.ts';

export const mattermostKind: ChatKind = {
  kind: 'mattermost',
  title: 'Mattermost',
  // It runs no script of ours on a delivery: only a relay can make messages of them.
  takesDeliveries: false,
  // Made by itself in every team; all its members are in it.
  ownRoom: 'town-square',
  stores: 'sql',
  knows: ['team', 'hooks', 'rooms.header', 'rooms.purpose'],
  team: 'chatops',
};
