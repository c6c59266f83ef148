/** What a logged-in account reads. Lists are complete; not a single call here changes anything. */
import type { ChatRoom, RocketChatSession } from '../rocketchat.ts';
import { readAllPages } from './pages.ts';
import type { RestCall, RestClient } from './rest-client.ts';
import * as schema from './schemas.ts';

type Reads = Pick<
  RocketChatSession,
  'version' | 'setting' | 'users' | 'user' | 'rooms' | 'room' | 'members' | 'webhooks' | 'message' | 'latestMessages'
>;
type Reading = Omit<RestCall, 'method'>;

/** A bare 400 without a code: how the server says "no such user, setting, message". */
const codeless400 = ({ status, code }: { status: number; code: string }) => status === 400 && code === '';
/** Unknown, of the other kind, or hidden from this account: the server makes no difference, and never answers 404. */
const NO_ROOM = new Set(['error-room-not-found', 'error-invalid-room', 'Not Allowed', 'error-not-allowed']);
const SCHEMA_REFUSED = new Set(['invalid-params', 'error-invalid-params']);

const familyOf = ({ kind }: Pick<ChatRoom, 'kind'>) => (kind === 'private' ? 'groups' : 'channels');

export const createReads = (client: RestClient): Reads => {
  const get = (reading: Reading): RestCall => ({ method: 'GET', ...reading });
  let listsRooms = true;

  const INFO = get({ path: 'info', unversioned: true, doing: 'read the version', needs: 'view-statistics' });

  const readUser = async (username: string, signal: AbortSignal) => {
    const call = (query: Record<string, string>) =>
      get({
        path: 'users.info',
        query: { username, ...query },
        doing: `read user ${username}`,
        needs: 'view-full-other-user-info',
      });
    if (listsRooms) {
      let refused = false;
      // Servers that forbid unknown keys and do not know this one (before 7.0) refuse the query as a whole.
      const found = await client.find(
        call({ includeUserRooms: 'true' }),
        schema.userAnswer,
        (refusal) => {
          refused = SCHEMA_REFUSED.has(refusal.code);
          return refused || codeless400(refusal);
        },
        signal,
      );
      if (!refused) return found?.user;
      listsRooms = false;
    }
    return (await client.find(call({}), schema.userAnswer, codeless400, signal))?.user;
  };

  const pagesOfRooms = (family: 'channels' | 'groups', signal: AbortSignal) =>
    readAllPages(async (offset, count) => {
      if (family === 'channels') {
        const call = { path: 'channels.list', query: { offset, count }, doing: 'list channels', needs: 'view-c-room' };
        const { channels, total } = await client.call(get(call), schema.channelsPage, signal);
        return { items: channels, total };
      }
      const needs = 'view-room-administration';
      const call = { path: 'groups.listAll', query: { offset, count }, doing: 'list private rooms', needs };
      const { groups, total } = await client.call(get(call), schema.groupsPage, signal);
      return { items: groups, total };
    });

  return {
    version: async (signal) => {
      const { info, version } = await client.call(INFO, schema.apiInfo, signal);
      return info?.version ?? version ?? 'unknown';
    },
    setting: async (id, signal) =>
      client.find(
        get({
          path: `settings/${encodeURIComponent(id)}`,
          doing: `read setting ${id}`,
          needs: 'view-privileged-setting',
        }),
        schema.settingAnswer,
        codeless400,
        signal,
      ),
    users: (signal) =>
      readAllPages(async (offset, count) => {
        const call = { path: 'users.list', query: { offset, count }, doing: 'list users', needs: 'view-d-room' };
        const { users, total } = await client.call(get(call), schema.usersPage, signal);
        return { items: users, total };
      }),
    user: readUser,
    rooms: async (signal) => [...(await pagesOfRooms('channels', signal)), ...(await pagesOfRooms('groups', signal))],
    room: async (name, signal) => {
      const call = { path: 'rooms.info', query: { roomName: name }, doing: `read room ${name}`, needs: 'view-c-room' };
      const found = await client.find(get(call), schema.roomAnswer, ({ code }) => NO_ROOM.has(code), signal);
      return found?.room;
    },
    members: async (room, signal) => {
      const members = await readAllPages(async (offset, count) => {
        const path = `${familyOf(room)}.members`;
        const query = { roomId: room.id, offset, count };
        const call = { path, query, doing: 'read the members of a room', needs: 'view-c-room' };
        const page = await client.call(get(call), schema.membersPage, signal);
        return { items: page.members, total: page.total };
      });
      return members.map(({ username }) => username);
    },
    webhooks: async (signal) => {
      const integrations = await readAllPages(async (offset, count) => {
        const query = { offset, count, sort: JSON.stringify({ _createdAt: 1 }) };
        const needs = 'manage-incoming-integrations';
        const call = { path: 'integrations.list', query, doing: 'list integrations', needs };
        const page = await client.call(get(call), schema.integrationsPage, signal);
        return { items: page.integrations, total: page.total };
      });
      return integrations
        .flatMap((seen) => ('webhook' in seen && seen.type === 'webhook-incoming' ? [seen] : []))
        .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
        .map(({ webhook }) => webhook);
    },
    message: async (id, signal) => {
      const call = { path: 'chat.getMessage', query: { msgId: id }, doing: 'read a message', needs: 'view-c-room' };
      const gone = (refusal: { status: number; code: string }) => codeless400(refusal) || NO_ROOM.has(refusal.code);
      return (await client.find(get(call), schema.messageAnswer, gone, signal))?.message;
    },
    latestMessages: async (room, count, signal) => {
      const path = `${familyOf(room)}.messages`;
      const query = { roomId: room.id, count, sort: JSON.stringify({ ts: -1 }) };
      const call = { path, query, doing: 'read the newest messages of a room', needs: 'view-c-room' };
      return (await client.call(get(call), schema.messagesPage, signal)).messages;
    },
  };
};
