/** Project hooks: everybody's edition, Maintainer and up (gl19:lib/api/project_hooks.rb). */

import type { ServerContext } from '../../standin.ts';
import { ROLE, wantedGroup, wantedProject } from '../access.ts';
import { groupHookEntity, projectHookEntity } from '../hooks/hook-entity.ts';
import type { Route } from '../http/route.ts';
import type { Features } from '../version.ts';
import { customHeaderRoutes } from './hook-custom-headers.ts';
import { hookEventRoutes } from './hook-events.ts';
import { hookTestRoutes } from './hook-test.ts';
import { type HookFamily, hookRoutes } from './hooks-of.ts';

const extras = (family: HookFamily, features: Features): readonly Route[] => [
  ...(features.hookTest ? hookTestRoutes(family) : []),
  ...(features.customHeaders ? customHeaderRoutes(family) : []),
  ...(features.hookEvents ? hookEventRoutes(family, features) : []),
];

export const projectHookRoutes = (features: Features, lookup: ServerContext['lookup']): readonly Route[] => {
  const family: HookFamily = {
    path: '/projects/:id/hooks',
    lookup,
    ownerOf: (call) => ({ kind: 'project', id: wantedProject(call, ROLE.maintainer).id }),
    show: (call, hook, form) => projectHookEntity(call.world, hook, form),
  };
  return [...hookRoutes(family), ...extras(family, features)];
};

/** Only the EE tree has the route: CE says `{"error":"404 Not Found"}`, as for any unknown path. */
export const groupHookRoutes = (features: Features, lookup: ServerContext['lookup']): readonly Route[] => {
  if (!features.groupHooks) return [];
  const family: HookFamily = {
    path: '/groups/:id/hooks',
    lookup,
    ownerOf: (call) => ({ kind: 'group', id: wantedGroup(call, ROLE.owner).id }),
    show: (call, hook, form) => groupHookEntity(call.world, hook, form),
  };
  return [...hookRoutes(family), ...extras(family, features)];
};
