/** The calls that jobs, probes and bots make, in an order in which each finds what it needs. */
import type { Answer, Auth, RunningChat } from '../../standins/rocketchat/start-rocketchat.ts';
import { SECOND_FACTOR } from './error-situations.ts';

export interface Scene {
  readonly chat: RunningChat;
  /** What earlier calls made: name → id. */
  readonly ids: Record<string, string>;
  bot: Auth;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** As the vendor writes it. */
  readonly path: string;
  readonly run: (scene: Scene) => Promise<Answer>;
}

const get = (path: string, query: (scene: Scene) => string = () => ''): Call => ({
  method: 'GET',
  path,
  run: (scene) => scene.chat.get(`${path}${query(scene) === '' ? '' : `?${query(scene)}`}`),
});

const post = (path: string, body: (scene: Scene) => object, keep?: (scene: Scene, answer: Answer) => void): Call => ({
  method: 'POST',
  path,
  run: async (scene) => {
    const answer = await scene.chat.post(path, body(scene), scene.chat.admin, SECOND_FACTOR);
    keep?.(scene, answer);
    return answer;
  },
});

const id = (scene: Scene, name: string): string => scene.ids[name] ?? `no ${name}`;
const keep = (name: string, pick: (body: Answer['body']) => string) => (scene: Scene, answer: Answer) => {
  scene.ids[name] = pick(answer.body);
};

const HOOK = {
  type: 'webhook-incoming',
  name: 'gitlab',
  enabled: true,
  username: 'hubot',
  channel: '#releases',
  scriptEnabled: true,
  script: 'class Script { process_incoming_request({ request }) { return; } }',
};

export const CALLS: readonly Call[] = [
  post('login', () => ({ user: 'chief', password: 'Correct-Horse-7-Battery' })),
  get('me'),
  post(
    'users.create',
    () => ({
      username: 'hubot',
      name: 'Hubot',
      email: 'hubot@example.org',
      password: 'Pass-word-hubot-1',
      roles: ['user', 'bot'],
    }),
    keep('bot', (body) => body.user._id),
  ),
  get('users.info', () => 'username=hubot'),
  get('users.list'),
  post('users.update', (scene) => ({ userId: id(scene, 'bot'), data: { name: 'Hubot the bot' } })),
  post('users.setActiveStatus', (scene) => ({ userId: id(scene, 'bot'), activeStatus: true })),
  post('users.createToken', (scene) => ({ userId: id(scene, 'bot'), secret: 'the secret' })),
  post('users.generatePersonalAccessToken', () => ({ tokenName: 'provisioning' })),
  get('users.getPersonalAccessTokens'),
  post('users.regeneratePersonalAccessToken', () => ({ tokenName: 'provisioning' })),
  post('users.removePersonalAccessToken', () => ({ tokenName: 'provisioning' })),
  get('roles.list'),
  post('roles.addUserToRole', () => ({ username: 'hubot', roleId: 'moderator' })),
  get('roles.getUsersInRole', () => 'role=bot'),
  post('roles.removeUserFromRole', () => ({ username: 'hubot', roleId: 'moderator' })),
  get('permissions.listAll'),
  post('permissions.update', () => ({ permissions: [{ _id: 'create-c', roles: ['admin', 'user', 'bot'] }] })),
  post(
    'channels.create',
    () => ({ name: 'releases' }),
    keep('channel', (body) => body.channel._id),
  ),
  get('channels.info', () => 'roomName=releases'),
  get('channels.list'),
  post('channels.invite', (scene) => ({ roomId: id(scene, 'channel'), userId: id(scene, 'bot') })),
  post('channels.join', (scene) => ({ roomId: id(scene, 'channel') })),
  get('channels.members', (scene) => `roomId=${id(scene, 'channel')}`),
  post(
    'groups.create',
    () => ({ name: 'operations', members: ['hubot'] }),
    keep('group', (body) => body.group._id),
  ),
  get('groups.info', (scene) => `roomId=${id(scene, 'group')}`),
  get('groups.list'),
  get('groups.listAll'),
  post('groups.invite', (scene) => ({ roomId: id(scene, 'group'), userId: id(scene, 'bot') })),
  get('groups.members', (scene) => `roomId=${id(scene, 'group')}`),
  get('rooms.info', (scene) => `roomId=${id(scene, 'group')}`),
  get('rooms.get'),
  get('rooms.nameExists', () => 'roomName=releases'),
  get('rooms.isMember', (scene) => `roomId=${id(scene, 'group')}&username=hubot`),
  get('rooms.adminRooms'),
  get('subscriptions.get'),
  get('subscriptions.getOne', (scene) => `roomId=${id(scene, 'group')}`),
  post(
    'chat.postMessage',
    () => ({ channel: '#releases', text: 'hello' }),
    keep('message', (body) => body.message._id),
  ),
  post('chat.sendMessage', (scene) => ({ message: { rid: id(scene, 'group'), msg: 'hello' } })),
  get('chat.getMessage', (scene) => `msgId=${id(scene, 'message')}`),
  post('chat.update', (scene) => ({ roomId: id(scene, 'channel'), msgId: id(scene, 'message'), text: 'hello again' })),
  post('chat.react', (scene) => ({ messageId: id(scene, 'message'), emoji: ':tada:' })),
  get('chat.syncMessages', (scene) => `roomId=${id(scene, 'channel')}&lastUpdate=2020-01-01T00:00:00.000Z`),
  get('channels.history', (scene) => `roomId=${id(scene, 'channel')}`),
  get('channels.messages', (scene) => `roomId=${id(scene, 'channel')}`),
  get('groups.history', (scene) => `roomId=${id(scene, 'group')}`),
  get('groups.messages', (scene) => `roomId=${id(scene, 'group')}`),
  post('chat.delete', (scene) => ({ roomId: id(scene, 'channel'), msgId: id(scene, 'message') })),
  get('settings'),
  get('settings.public', () => '_id=Show_Setup_Wizard'),
  {
    method: 'GET',
    path: 'settings/{_id}',
    run: ({ chat }) => chat.get('settings/Site_Name'),
  },
  {
    method: 'POST',
    path: 'settings/{_id}',
    run: ({ chat }) => chat.post('settings/Site_Name', { value: 'ours' }, chat.admin, SECOND_FACTOR),
  },
  post('settings', () => ({ settings: [{ _id: 'Site_Name', value: 'ours too' }] })),
  post(
    'integrations.create',
    () => HOOK,
    keep('hook', (body) => body.integration._id),
  ),
  get('integrations.list'),
  get('integrations.get', (scene) => `integrationId=${id(scene, 'hook')}`),
  {
    method: 'PUT',
    path: 'integrations.update',
    run: (scene) => {
      const body = { ...HOOK, integrationId: id(scene, 'hook') };
      return scene.chat.send('PUT', '/api/v1/integrations.update', body, scene.chat.admin);
    },
  },
  post('integrations.remove', (scene) => ({ type: 'webhook-incoming', integrationId: id(scene, 'hook') })),
  post('users.delete', (scene) => ({ userId: id(scene, 'bot') })),
  {
    method: 'POST',
    path: 'logout',
    run: async ({ chat }) => chat.post('logout', {}, await chat.login('chief', 'Correct-Horse-7-Battery')),
  },
];
