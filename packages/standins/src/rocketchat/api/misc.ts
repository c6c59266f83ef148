import type { Chat } from '../chat.ts';
import { page } from './paging.ts';
import { type Fields, pick, type Route } from './route.ts';

const statistics = (chat: Chat): Fields => ({
  version: chat.traits.full,
  uniqueId: chat.settings.get('uniqueID'),
  totalUsers: chat.state.users.size,
  activeUsers: chat.state.users.all().filter(({ active }) => active).length,
  totalRooms: chat.state.rooms.size,
  totalChannels: chat.state.rooms.countBy('type', 'c'),
  totalPrivateGroups: chat.state.rooms.countBy('type', 'p'),
  totalDirect: chat.state.rooms.countBy('type', 'd'),
  totalMessages: chat.state.messages.size,
  integrations: { totalIntegrations: chat.state.integrations.size },
  deploy: { method: chat.env.DEPLOY_METHOD ?? 'docker', platform: chat.env.DEPLOY_PLATFORM ?? 'selfinstall' },
});

export const miscRoutes: readonly Route[] = [
  { method: 'GET', path: 'statistics', permissions: ['view-statistics'], run: ({ chat }) => statistics(chat) },
  {
    method: 'GET',
    path: 'directory',
    run: ({ chat, query }) => {
      const channels = chat.state.rooms.by('type', 'c');
      const { items, count, offset, total } = page(chat, query, channels, (room) =>
        pick({ ...room }, ['_id', 'name', 'fname', 't', 'ts']),
      );
      return { result: items, count, offset, total };
    },
  },
];
