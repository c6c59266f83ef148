/** The hook endpoints that projects, groups and the instance share: list, one, add, edit, delete. */
import type { ServerContext } from '../../standin.ts';
import { hookAfterCall, hookFromCall, refuseInvalid } from '../hooks/hook-params.ts';
import { paged } from '../http/paging.ts';
import { recordId } from '../http/params.ts';
import { created, noContent, notFound, ok } from '../http/reply.ts';
import { type Call, type Route, read, write } from '../http/route.ts';
import type { Hook } from '../model.ts';

export interface HookFamily {
  /** `/projects/:id/hooks` */
  readonly path: string;
  readonly lookup: ServerContext['lookup'];
  /** Checks the caller's right. @throws Refusal */
  readonly ownerOf: (call: Call) => Hook['owner'];
  readonly show: (call: Call, hook: Hook, form: 'listed' | 'single') => unknown;
}

const sameOwner = (left: Hook['owner'], right: Hook['owner']): boolean =>
  left.kind === right.kind && (left.kind === 'system' || (right.kind !== 'system' && left.id === right.id));

/** @throws Refusal 404 */
export const hookOfCall = (family: HookFamily, call: Call): Hook => {
  const owner = family.ownerOf(call);
  const hook = call.world.state.hooks.get(recordId(call.params, 'hook_id'));
  if (hook === undefined || !sameOwner(hook.owner, owner)) throw notFound();
  return hook;
};

const save = (family: HookFamily, call: Call, hook: Hook): void => {
  refuseInvalid(call.world, family.lookup, hook);
  call.world.state.hooks.put(String(hook.id), hook);
};

export const hookRoutes = (family: HookFamily): readonly Route[] => {
  const one = `${family.path}/:hook_id`;
  return [
    read(family.path, (call) => {
      const owner = family.ownerOf(call);
      const hooks = call.world.state.hooks.all().filter((hook) => sameOwner(hook.owner, owner));
      return paged(call, hooks, (hook) => family.show(call, hook, 'listed'));
    }),
    read(one, (call) => ok(family.show(call, hookOfCall(family, call), 'single'))),
    write('POST', family.path, (call) => {
      const owner = family.ownerOf(call);
      const draft = hookFromCall(call, owner, 0);
      refuseInvalid(call.world, family.lookup, draft);
      const hook = { ...draft, id: call.world.state.nextId('hooks') };
      save(family, call, hook);
      return created(family.show(call, hook, 'single'));
    }),
    write('PUT', one, (call) => {
      const hook = hookAfterCall(call, hookOfCall(family, call));
      save(family, call, hook);
      return ok(family.show(call, hook, 'single'));
    }),
    write('DELETE', one, (call) => {
      call.world.state.hooks.delete(String(hookOfCall(family, call).id));
      return noContent();
    }),
  ];
};
