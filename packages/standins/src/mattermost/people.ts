/** Who asks: logins with a password (server/channels/api4/user.go), and tokens. */
import type { StandinReply } from '../kit/http-standin.ts';
import { refusal } from './answers.ts';
import { fieldsOf, textOf } from './call.ts';
import { channelOf, newId, type Person, personOf, type World } from './world.ts';

/** Never with its password. */
export const entityOf = ({ password: _, bot, ...user }: Person) => ({
  ...user,
  ...{ auth_service: '', email_verified: true, locale: 'en', create_at: 1, update_at: 1 },
  ...(bot ? { is_bot: true, bot_description: bot.description } : { is_bot: false }),
});

/** @throws Error for an id that is nobody's */
export const personWith = ({ people }: Pick<World, 'people'>, id: string): Person => {
  const user = people.find((each) => each.id === id);
  if (!user) throw new Error(`no user ${id}`);
  return user;
};

/** @throws Error for an id that is nobody's */
export const userEntity = (world: World, id: string) => entityOf(personWith(world, id));

export const isAdmin = (world: World, id: string): boolean =>
  personWith(world, id).roles.split(' ').includes('system_admin');

export const forbidden = refusal(403, 'api.context.permissions.app_error');

/** 200, whatever the OpenAPI file says, and the token in a header. Names and addresses are compared in small letters. */
export const logIn = (world: World, body: unknown): StandinReply => {
  const { login_id, password } = fieldsOf(body);
  const wanted = textOf(login_id).toLowerCase();
  const found = world.people.find(({ username, email }) => username.toLowerCase() === wanted || email === wanted);
  if (!found || found.password === undefined || found.password !== password) {
    return refusal(401, 'api.user.login.invalid_credentials_email_username');
  }
  const token = newId();
  world.sessions.set(token, found.id);
  return { status: 200, headers: { Token: token }, body: userEntity(world, found.id) };
};

/** The vendor's own client writes BEARER. */
const tokenIn = ({ authorization = '' }: { readonly authorization?: string }): string =>
  /^bearer (.+)$/i.exec(authorization)?.[1] ?? '';

/** 200 for everybody: who has no session has left already. */
export const logOut = (world: World, headers: { readonly authorization?: string }): StandinReply => {
  world.sessions.delete(tokenIn(headers));
  return { status: 200, body: { status: 'OK' } };
};

/** @returns undefined for nobody known */
export const callerOf = (world: World, headers: { readonly authorization?: string }): string | undefined => {
  const token = tokenIn(headers);
  return world.sessions.get(token) ?? world.tokens.find((each) => each.token === token)?.user_id;
};

export interface NewPerson {
  readonly username: string;
  readonly password: string;
  /** Names of channels; one that is not there is made. */
  readonly channels: readonly { readonly name: string; readonly type?: 'O' | 'P' }[];
}

/** As an administrator would, into the first team. @returns the user's id */
export const addPerson = (world: World, { username, password, channels }: NewPerson): string => {
  const id = newId();
  world.people.push(personOf({ id, username, password }));
  const [team] = world.teams;
  team?.members.add(id);
  for (const { name, type = 'O' } of channels) {
    const there = world.channels.find((each) => each.name === name);
    if (there) there.members.add(id);
    else world.channels.push(channelOf({ team_id: team?.id ?? '', name, type, members: new Set([id]) }));
  }
  return id;
};
