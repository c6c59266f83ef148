/** One custom header of a hook at a time (17.1). */
import { checkParams } from '../http/params.ts';
import { noContent, notFound } from '../http/reply.ts';
import { type Route, write } from '../http/route.ts';
import { type HookFamily, hookOfCall } from './hooks-of.ts';

export const customHeaderRoutes = (family: HookFamily): readonly Route[] => {
  const path = `${family.path}/:hook_id/custom_headers/:key`;
  return [
    write('PUT', path, (call) => {
      const hook = hookOfCall(family, call);
      const { key, value } = checkParams(call.params, {
        key: { type: 'string', required: true },
        value: { type: 'string', required: true },
      });
      const customHeaders = [...hook.customHeaders.filter((header) => header.key !== key), { key, value }];
      call.world.state.hooks.put(String(hook.id), { ...hook, customHeaders });
      return noContent();
    }),
    write('DELETE', path, (call) => {
      const hook = hookOfCall(family, call);
      const customHeaders = hook.customHeaders.filter(({ key }) => key !== call.params.key);
      if (customHeaders.length === hook.customHeaders.length) throw notFound();
      call.world.state.hooks.put(String(hook.id), { ...hook, customHeaders });
      return noContent();
    }),
  ];
};
