/** `/api/v4/bots` (server/channels/api4/bot.go, app/bot.go): accounts that have no password, only tokens. */
import type { StandinReply } from '../kit/http-standin.ts';
import { ok, refusal } from './answers.ts';
import { type Call, fieldsOf, ID, pageOf, path, type Route, textOf } from './call.ts';
import { forbidden, isAdmin } from './people.ts';
import { newId, type Person, personOf } from './world.ts';

const botEntity = ({ id, username, nickname, delete_at, bot }: Person) => ({
  ...{ user_id: id, username, display_name: nickname, description: bot?.description ?? '' },
  ...{ owner_id: bot?.owner_id ?? '', create_at: 1, update_at: 1, delete_at },
});

const create = ({ world, caller, body }: Call): StandinReply => {
  if (!world.switches.bots) return refusal(403, 'api.bot.create_disabled');
  if (!isAdmin(world, caller)) return forbidden;
  const { username, display_name, description } = fieldsOf(body);
  const name = textOf(username);
  if (!/^[a-z][a-z0-9._-]{0,63}$/.test(name)) return refusal(400, 'model.bot.is_valid.username.app_error');
  if (world.people.some((each) => each.username === name)) {
    return refusal(400, 'app.user.save.username_exists.app_error');
  }
  const bot = personOf({
    ...{ id: newId(), username: name, password: undefined, nickname: textOf(display_name) },
    bot: { description: textOf(description), owner_id: caller },
  });
  world.people.push(bot);
  return ok(botEntity(bot), 201);
};

const bots = ({ world }: Pick<Call, 'world'>): readonly Person[] => world.people.filter(({ bot }) => bot !== undefined);

const show = (call: Call): StandinReply => {
  const found = bots(call).find(({ id }) => id === call.params[0]);
  return found ? ok(botEntity(found)) : refusal(404, 'store.sql_bot.get.missing.app_error');
};

export const BOT_ROUTES: readonly Route[] = [
  ['POST', path('/bots'), create],
  ['GET', path('/bots'), (call) => pageOf(bots(call).map(botEntity), call)],
  ['GET', path(`/bots/${ID}`), show],
];
