/** REST v4 as an administrator uses it: one call a method, but for lists, which are read page by page. */
import { z } from 'zod';
import { Secret } from '../../../values/secret.ts';
import type { IncomingHook, MattermostAdmin, MattermostUser, NewUser, TeamChannel } from '../mattermost.ts';
import type { ApiCall, Rest } from './rest.ts';

/** The server cuts larger ones without a word. */
const PAGE = 200;

const text = z.string().catch('');
const named = z.object({ id: z.string().min(1), name: z.string() });
const anything = z.unknown();

const user = z.object({
  id: z.string().min(1),
  username: z.string(),
  email: text,
  roles: text,
  position: text,
  delete_at: z.number().catch(0),
  is_bot: z.boolean().catch(false),
});

const channel = named.extend({ type: z.string(), header: text, purpose: text, delete_at: z.number().catch(0) });

const hook = z.object({
  id: z.string().min(1),
  display_name: text,
  description: text,
  channel_id: z.string(),
  create_at: z.number().catch(0),
});

const member = z.object({ user_id: z.string().min(1) });

export const rolesOf = (roles: string): readonly string[] => roles.split(' ').filter((role) => role !== '');

const userOf = ({
  id,
  username,
  email,
  roles,
  position,
  delete_at,
  is_bot,
}: z.output<typeof user>): MattermostUser => ({
  ...{ id, username, email, position },
  roles: rolesOf(roles),
  active: delete_at === 0,
  isBot: is_bot,
});

const channelOf = ({ id, name, type, header, purpose, delete_at }: z.output<typeof channel>): TeamChannel => ({
  ...{ id, name, header, purpose },
  kind: type === 'P' ? 'private' : 'channel',
  archived: delete_at > 0,
});

const hookOf = ({ id, display_name, description, channel_id }: z.output<typeof hook>): IncomingHook => ({
  id: new Secret(id),
  name: display_name,
  description,
  channelId: channel_id,
});

export const newUserCall = ({ username, email, password, nickname, position }: NewUser): ApiCall => ({
  method: 'POST',
  path: '/users',
  body: { username, email, password: password.reveal(), nickname, position },
  doing: `make the account ${username}`,
});

const get = (path: string, doing: string): ApiCall => ({ method: 'GET', path, doing });

/** @param path that has a query already, or none */
const pages = async <T>(
  rest: Rest,
  path: string,
  doing: string,
  schema: z.ZodType<T>,
  signal: AbortSignal,
): Promise<T[]> => {
  const all: T[] = [];
  for (let page = 0; ; page += 1) {
    const joint = path.includes('?') ? '&' : '?';
    const asked = get(`${path}${joint}page=${page}&per_page=${PAGE}`, doing);
    const found = await rest.ask(asked, z.array(schema), signal);
    all.push(...found);
    if (found.length < PAGE) return all;
  }
};

export const adminOver = (rest: Rest): MattermostAdmin => {
  const write = async (asked: ApiCall, signal: AbortSignal): Promise<void> => {
    await rest.ask(asked, anything, signal);
  };
  const members = async (path: string, doing: string, signal: AbortSignal): Promise<readonly string[]> =>
    (await pages(rest, path, doing, member, signal)).map(({ user_id }) => user_id);
  return {
    user: async (username, signal) => {
      const path = `/users/username/${encodeURIComponent(username)}`;
      const found = await rest.find(get(path, `look for the account ${username}`), user, signal);
      return found && userOf(found);
    },
    createUser: (wanted, signal) => write(newUserCall(wanted), signal),
    setRoles: (id, roles, signal) =>
      write(
        { method: 'PUT', path: `/users/${id}/roles`, body: { roles: roles.join(' ') }, doing: 'give a role' },
        signal,
      ),
    team: (name, signal) =>
      rest.find(get(`/teams/name/${encodeURIComponent(name)}`, `look for the team ${name}`), named, signal),
    createTeam: ({ name, description }, signal) => {
      const body = { name, display_name: name, description, type: 'O' };
      return write({ method: 'POST', path: '/teams', body, doing: `make the team ${name}` }, signal);
    },
    teamMembers: (id, signal) => members(`/teams/${id}/members`, 'list who is in the team', signal),
    addToTeam: (team_id, user_id, signal) => {
      const body = { team_id, user_id };
      return write({ method: 'POST', path: `/teams/${team_id}/members`, body, doing: 'add to the team' }, signal);
    },
    channel: async (teamId, name, signal) => {
      const path = `/teams/${teamId}/channels/name/${encodeURIComponent(name)}?include_deleted=true`;
      const found = await rest.find(get(path, `look for channel ${name}`), channel, signal);
      return found && channelOf(found);
    },
    createChannel: ({ teamId, name, kind, header, purpose }, signal) => {
      const type = kind === 'private' ? 'P' : 'O';
      const body = { team_id: teamId, name, display_name: name, type, header, purpose };
      return write({ method: 'POST', path: '/channels', body, doing: `make channel ${name}` }, signal);
    },
    describeChannel: ({ id, header, purpose }, signal) => {
      const body = { id, header, purpose };
      return write({ method: 'PUT', path: `/channels/${id}`, body, doing: 'describe a channel' }, signal);
    },
    channelMembers: (id, signal) => members(`/channels/${id}/members`, 'list who is in a channel', signal),
    addToChannel: (channelId, user_id, signal) => {
      const path = `/channels/${channelId}/members`;
      return write({ method: 'POST', path, body: { user_id }, doing: 'add to a channel' }, signal);
    },
    hooks: async (teamId, signal) => {
      const found = await pages(rest, `/hooks/incoming?team_id=${teamId}`, 'list incoming webhooks', hook, signal);
      return found.toSorted((a, b) => a.create_at - b.create_at).map(hookOf);
    },
    createHook: ({ name, description, channelId }, signal) => {
      const body = { channel_id: channelId, display_name: name, description };
      return write({ method: 'POST', path: '/hooks/incoming', body, doing: 'make an incoming webhook' }, signal);
    },
    updateHook: ({ id, name, description, channelId }, signal) => {
      const hookId = id.reveal();
      const body = { id: hookId, channel_id: channelId, display_name: name, description };
      return write(
        { method: 'PUT', path: `/hooks/incoming/${hookId}`, body, doing: 'change an incoming webhook' },
        signal,
      );
    },
  };
};
