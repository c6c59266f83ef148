/** What a logged-in account changes: one call each, never repeated after a failure whose effect is unknown. */
import type { ChatRoom, RocketChatSession, WantedWebhook } from '../rocketchat.ts';
import type { RestCall, RestClient } from './rest-client.ts';
import * as schema from './schemas.ts';

type Writes = Pick<
  RocketChatSession,
  | 'changeSetting'
  | 'createUser'
  | 'addRole'
  | 'createRoom'
  | 'invite'
  | 'addModerator'
  | 'setReadOnly'
  | 'createWebhook'
  | 'updateWebhook'
  | 'post'
  | 'deleteMessage'
  | 'send'
  | 'edit'
>;

const familyOf = ({ kind }: Pick<ChatRoom, 'kind'>) => (kind === 'private' ? 'groups' : 'channels');

/** `token` and `_id` are refused in it, and so is every key that the server does not declare. */
const webhookBody = ({ name, room, poster, script, enabled = true }: WantedWebhook) => ({
  type: 'webhook-incoming',
  name,
  username: poster,
  channel: `#${room}`,
  enabled,
  scriptEnabled: true,
  script,
  overrideDestinationChannelEnabled: true,
});

export const createWrites = (client: RestClient): Writes => {
  const post = (path: string, body: unknown, doing: string, needs: string): RestCall => ({
    method: 'POST',
    path,
    body,
    doing,
    needs,
  });
  const run = async (call: RestCall, signal: AbortSignal): Promise<void> => {
    await client.call(call, schema.anything, signal);
  };

  return {
    changeSetting: (id, value, signal) =>
      run(
        post(`settings/${encodeURIComponent(id)}`, { value }, `change setting ${id}`, 'edit-privileged-setting'),
        signal,
      ),
    createUser: ({ username, name, email, password, roles, bio, joinDefaultRooms }, signal) =>
      run(
        // Without `verified`: the server would opt the account into mailed codes and no program could log in (#37326).
        post(
          'users.create',
          { username, name, email, password: password.reveal(), roles, bio, joinDefaultChannels: joinDefaultRooms },
          `create user ${username}`,
          'create-user',
        ),
        signal,
      ),
    addRole: async (username, role, signal) => {
      const call = post(
        'roles.addUserToRole',
        { username, roleId: role },
        `give ${username} the role ${role}`,
        'access-permissions',
      );
      await client.find(call, schema.anything, ({ code }) => code === 'error-user-already-in-role', signal);
    },
    createRoom: ({ name, kind, readOnly, members, mark }, signal) =>
      run(
        post(
          `${familyOf({ kind })}.create`,
          { name, members, readOnly, customFields: { [schema.MARK_FIELD]: mark } },
          `create room ${name}`,
          kind === 'private' ? 'create-p' : 'create-c',
        ),
        signal,
      ),
    invite: (room, usernames, signal) =>
      run(
        post(
          `${familyOf(room)}.invite`,
          { roomId: room.id, usernames },
          `invite ${usernames.join(', ')} to a room`,
          'add-user-to-joined-room',
        ),
        signal,
      ),
    addModerator: (room, userId, signal) =>
      run(
        post(
          `${familyOf(room)}.addModerator`,
          { roomId: room.id, userId },
          'make a member moderator of a room',
          'set-moderator',
        ),
        signal,
      ),
    setReadOnly: (room, readOnly, signal) =>
      run(
        post(
          `${familyOf(room)}.setReadOnly`,
          { roomId: room.id, readOnly },
          `make a room ${readOnly ? 'read-only' : 'writable'}`,
          'set-readonly',
        ),
        signal,
      ),
    createWebhook: async (webhook, signal) => {
      const call = post(
        'integrations.create',
        webhookBody(webhook),
        `create webhook ${webhook.name}`,
        'manage-incoming-integrations',
      );
      return (await client.call(call, schema.integrationAnswer, signal)).integration.webhook;
    },
    updateWebhook: async (id, webhook, signal) => {
      const call: RestCall = {
        method: 'PUT',
        path: 'integrations.update',
        body: { ...webhookBody(webhook), integrationId: id },
        doing: `update webhook ${webhook.name}`,
        needs: 'manage-incoming-integrations',
      };
      return (await client.call(call, schema.integrationAnswer, signal)).integration.webhook;
    },
    post: async (roomId, text, signal) => {
      const call = post('chat.postMessage', { roomId, text }, 'post a message', 'post in the room');
      return (await client.call(call, schema.messageAnswer, signal)).message;
    },
    deleteMessage: async ({ id, roomId }, signal) => {
      const call = post('chat.delete', { roomId, msgId: id }, 'delete a message of its own', 'delete-own-message');
      // "No message found with the id of …" has no code.
      await client.find(call, schema.anything, ({ status, code }) => status === 400 && code === '', signal);
    },
    send: ({ id, roomId, text, attachments }, signal) => {
      const message = { _id: id, rid: roomId, msg: text, ...(attachments === undefined ? {} : { attachments }) };
      // No previews: links into GitLab lead to its login page.
      const body = { message, previewUrls: [] };
      return run(post('chat.sendMessage', body, 'post a message', 'post in the room'), signal);
    },
    edit: ({ id, roomId, text }, signal) =>
      run(
        post('chat.update', { roomId, msgId: id, text, previewUrls: [] }, 'change a message', 'edit-message'),
        signal,
      ),
  };
};
