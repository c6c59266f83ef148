import type { Chat } from '../chat.ts';
import { authenticationRoutes } from './authentication.ts';
import { channelRoutes } from './channels.ts';
import { chatRoutes } from './chat.ts';
import { directRoutes } from './direct.ts';
import { groupRoutes } from './groups.ts';
import { integrationRoutes } from './integrations.ts';
import { miscRoutes } from './misc.ts';
import { newUserRoutes } from './new-users.ts';
import { roleRoutes } from './roles.ts';
import { roomRoutes } from './rooms.ts';
import type { Route } from './route.ts';
import { settingRoutes } from './settings.ts';
import { tokenRoutes } from './tokens.ts';
import { userRoutes } from './users.ts';

/** Every route of this version. */
export const routesFor = (chat: Chat): readonly Route[] => [
  ...authenticationRoutes,
  ...newUserRoutes,
  ...userRoutes,
  ...tokenRoutes,
  ...roleRoutes,
  ...channelRoutes,
  ...groupRoutes,
  ...roomRoutes(chat),
  ...directRoutes,
  ...chatRoutes,
  ...settingRoutes(chat),
  ...integrationRoutes,
  ...miscRoutes,
];
