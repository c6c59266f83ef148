/** Who asks: logins with a password (server/channels/api4/user.go), and the token of the bot. */
import type { StandinReply } from '../kit/http-standin.ts';
import { refusal } from './answers.ts';
import { newId, type World } from './world.ts';

type Fields = Readonly<Record<string, unknown>>;

/** @throws Error for an id that is nobody's */
export const userEntity = ({ bot, people }: World, id: string) => {
  const user = [bot, ...people].find((each) => each.id === id);
  if (!user) throw new Error(`no user ${id}`);
  return { id, username: user.username, is_bot: id === bot.id, roles: 'system_user', delete_at: 0 };
};

/** 200, whatever the OpenAPI file says, and the token in a header. */
export const logIn = (world: World, body: unknown): StandinReply => {
  const { login_id, password } = (body ?? {}) as Fields;
  const found = world.people.find(({ username }) => username === login_id);
  if (!found || found.password !== password) {
    return refusal(401, 'api.user.login.invalid_credentials_email_username');
  }
  const token = newId();
  world.sessions.set(token, found.id);
  return { status: 200, headers: { Token: token }, body: userEntity(world, found.id) };
};

/** The vendor's own client writes BEARER. @returns undefined for nobody known */
export const callerOf = (world: World, headers: { readonly authorization?: string }): string | undefined => {
  const token = /^bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  return token === world.bot.token ? world.bot.id : world.sessions.get(token);
};

export interface NewPerson {
  readonly username: string;
  readonly password: string;
  /** Names of channels; one that is not there is made. */
  readonly channels: readonly { readonly name: string; readonly type?: 'O' | 'P' }[];
}

/** As an administrator would. @returns the user's id */
export const addPerson = (world: World, { username, password, channels }: NewPerson): string => {
  const id = newId();
  world.people.push({ id, username, password });
  for (const { name, type = 'O' } of channels) {
    const there = world.channels.find((each) => each.name === name);
    if (there) there.members.add(id);
    else world.channels.push({ id: newId(), name, type, members: new Set([id]) });
  }
  return id;
};
