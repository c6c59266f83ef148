/** `/api/v4/hooks/incoming` (server/channels/api4/webhook.go): nothing keeps two from having one name. */
import type { StandinReply } from '../kit/http-standin.ts';
import { wallClockMs } from '../kit/real-time.ts';
import { ok, refusal } from './answers.ts';
import { type Call, type Fields, fieldsOf, ID, pageOf, path, type Route, textOf } from './call.ts';
import { forbidden, isAdmin } from './people.ts';
import { type Channel, type Hook, newId, type World } from './world.ts';

const hookEntity = (hook: Hook) => ({ ...hook, delete_at: 0, last_used: 0 });

const off = refusal(501, 'api.incoming_webhook.disabled.app_error');

const channelIn = ({ channels }: World, { channel_id }: Fields): Channel | undefined =>
  channels.find(({ id, delete_at }) => id === channel_id && delete_at === 0);

const words = ({ display_name, description, username, icon_url, channel_locked }: Fields) => ({
  ...{ display_name: textOf(display_name), description: textOf(description), username: textOf(username) },
  ...{ icon_url: textOf(icon_url), channel_locked: channel_locked === true },
});

/** It belongs to who makes it; through the socket of the local mode alone to somebody else. */
const create = ({ world, caller, body }: Call): StandinReply => {
  if (!world.switches.incomingHooks) return off;
  const channel = channelIn(world, fieldsOf(body));
  if (!channel) return refusal(404, 'app.channel.get.existing.app_error');
  if (!isAdmin(world, caller)) return forbidden;
  const at = wallClockMs();
  const hook: Hook = {
    ...{ id: newId(), user_id: caller, channel_id: channel.id, team_id: channel.team_id },
    ...words(fieldsOf(body)),
    ...{ create_at: at, update_at: at },
  };
  world.hooks.push(hook);
  return ok(hookEntity(hook), 201);
};

const list = (call: Call): StandinReply => {
  const { world, caller, request } = call;
  if (!world.switches.incomingHooks) return off;
  if (!isAdmin(world, caller)) return forbidden;
  const team = request.query.get('team_id');
  return pageOf(world.hooks.filter(({ team_id }) => team === null || team_id === team).map(hookEntity), call);
};

const withHook =
  (run: (call: Call, hook: Hook, at: number) => StandinReply) =>
  (call: Call): StandinReply => {
    const { world, caller, params } = call;
    if (!world.switches.incomingHooks) return off;
    const at = world.hooks.findIndex(({ id }) => id === params[0]);
    const hook = world.hooks[at];
    if (!hook) return refusal(404, 'app.webhooks.get_incoming.app_error');
    return isAdmin(world, caller) ? run(call, hook, at) : forbidden;
  };

const update = withHook(({ world, body }, hook, at) => {
  const fields = fieldsOf(body);
  const channel = channelIn(world, fields);
  if (fields.id !== hook.id) return refusal(400, 'api.context.invalid_body_param.app_error');
  if (!channel) return refusal(404, 'app.channel.get.existing.app_error');
  const changed = { ...hook, ...words(fields), channel_id: channel.id, update_at: wallClockMs() };
  world.hooks[at] = changed;
  return ok(hookEntity(changed));
});

const remove = withHook(({ world }, _hook, at) => {
  world.hooks.splice(at, 1);
  return ok({ status: 'OK' });
});

export const HOOK_ROUTES: readonly Route[] = [
  ['POST', path('/hooks/incoming'), create],
  ['GET', path('/hooks/incoming'), list],
  ['GET', path(`/hooks/incoming/${ID}`), withHook((_call, hook) => ok(hookEntity(hook)))],
  ['PUT', path(`/hooks/incoming/${ID}`), update],
  ['DELETE', path(`/hooks/incoming/${ID}`), remove],
];
