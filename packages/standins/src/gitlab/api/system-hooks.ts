/** System hooks: administrators only, the whole instance; `POST /hooks/:id` fires one (gl:lib/api/system_hooks.rb). */
import type { ServerContext } from '../../standin.ts';
import { systemHookEntity } from '../hooks/hook-entity.ts';
import { requireAdmin } from '../http/auth.ts';
import { created } from '../http/reply.ts';
import { type Route, write } from '../http/route.ts';
import { type HookFamily, hookOfCall, hookRoutes } from './hooks-of.ts';

/** A made-up project: the same sample whatever the instance holds. */
const SAMPLE = {
  event_name: 'project_create',
  name: 'Sample',
  path: 'sample',
  project_id: 1,
  owner_name: 'Somebody',
  owner_email: 'somebody@example.com',
};

export const systemHookRoutes = (lookup: ServerContext['lookup']): readonly Route[] => {
  const family: HookFamily = {
    path: '/hooks',
    lookup,
    ownerOf: (call) => {
      requireAdmin(call.caller);
      return { kind: 'system' };
    },
    show: (call, hook) => systemHookEntity(call.world, hook),
  };
  return [
    ...hookRoutes(family),
    write('POST', '/hooks/:hook_id', async (call) => {
      await call.world.hooks.deliver(hookOfCall(family, call), 'system', SAMPLE);
      return created(SAMPLE);
    }),
  ];
};
