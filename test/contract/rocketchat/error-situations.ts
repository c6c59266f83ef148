/** How each situation of `facts/error-shapes.json` is brought about on the stand-in. Key: section, call, when. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex } from '@chatops-up/standins/internal/rocketchat/ids';
import {
  ADMIN_PASSWORD,
  type Answer,
  buildServer,
  type RunningChat,
} from '../../standins/rocketchat/start-rocketchat.ts';

export interface Stage {
  /** No rate limit, the second factor never remembered. */
  readonly chat: RunningChat;
  /** The same with its rate limits. */
  readonly limited: RunningChat;
}

export const SECOND_FACTOR = { 'x-2fa-method': 'password', 'x-2fa-code': sha256Hex(ADMIN_PASSWORD) };

const HOOK = {
  type: 'webhook-incoming',
  name: 'x',
  enabled: true,
  scriptEnabled: false,
  username: 'rocket.cat',
  channel: '#general',
};

let counter = 0;
const fresh = (stem: string): string => {
  counter += 1;
  return `${stem}-${counter}`;
};

const person = (username: string, more: object = {}) => ({
  username,
  name: username,
  email: `${username}@example.org`,
  password: 'Some-Pass-Word-1',
  ...more,
});

const hook = (more: object) => (chat: RunningChat) => chat.post('integrations.create', { ...HOOK, ...more });

type Situation = (chat: RunningChat, stage: Stage) => Promise<Answer>;

/** Asked while it boots: slowly enough to be met in the middle. */
const duringBoot = async ({ mongo }: RunningChat): Promise<Answer> => {
  const dir = mkdtempSync(join(tmpdir(), 'chatops-rocketchat-boot-'));
  const { server, url } = await buildServer({ dir, mongo, speed: 1 });
  await server.start();
  const text = await fetch(`${url}/api/info`).then(
    () => 'answered',
    (error: Error) => (error.cause as { code?: string }).code ?? error.message,
  );
  await server.stop();
  rmSync(dir, { recursive: true });
  return { status: 0, headers: new Headers(), text, body: undefined };
};

export const ERROR_SITUATIONS: Readonly<Record<string, Situation>> = {
  'general||no or bad X-Auth-Token / X-User-Id': (chat) => chat.get('me', { userId: 'x', authToken: 'y' }),
  'general||route-level permission missing': async (chat) =>
    chat.post('users.create', person('unwanted'), await chat.user(fresh('mortal'))),
  'general||handler answers forbidden (channels.create, groups.create)': async (chat) =>
    chat.post('channels.create', { name: 'forbidden' }, await chat.user(fresh('guest'), ['guest'])),
  'general||body fails its schema': (chat) => chat.post('users.create', person('extra', { type: 'bot' })),
  'general||query fails its schema': (chat) => chat.get('users.info'),
  'general||second factor needed': (chat) => chat.post('settings/Site_Name', { value: 'x' }),
  'general||second factor wrong': (chat) =>
    chat.post('settings/Site_Name', { value: 'x' }, chat.admin, { ...SECOND_FACTOR, 'x-2fa-code': sha256Hex('no') }),
  'general||rate limit hit': async (_chat, { limited }) => {
    const user = await limited.user(fresh('hasty'));
    let answer = await limited.get('me', user);
    for (let call = 0; call < 10; call += 1) answer = await limited.get('me', user);
    return answer;
  },
  'general||server still starting': (chat) => duringBoot(chat),
  'login||ok': (chat) => chat.post('login', { user: 'chief', password: ADMIN_PASSWORD }, null),
  'login||unknown user or wrong password': (chat) => chat.post('login', { user: 'nobody', password: 'x' }, null),
  'login||code demanded at login (email or totp)': async (chat) => {
    const wanted = person(fresh('verified'), { verified: true });
    await chat.post('users.create', wanted);
    return chat.post('login', { user: wanted.username, password: wanted.password }, null);
  },
  'login||locked out': async (chat) => {
    const { username, password } = person(fresh('locked'));
    await chat.post('users.create', person(username));
    for (let attempt = 0; attempt < 10; attempt += 1)
      await chat.post('login', { user: username, password: 'wrong' }, null);
    return chat.post('login', { user: username, password }, null);
  },
  'users|users.info|unknown': (chat) => chat.get('users.info?username=nobody'),
  'users|users.create|username taken': (chat) =>
    chat.post('users.create', person('chief', { email: 'other@example.org' })),
  'users|users.create|email taken': (chat) =>
    chat.post('users.create', person(fresh('second'), { email: 'chief@example.org' })),
  'users|roles.addUserToRole|has it already': (chat) =>
    chat.post('roles.addUserToRole', { username: 'chief', roleId: 'admin' }),
  'users|users.generatePersonalAccessToken|name taken': async (chat) => {
    const tokenName = fresh('token');
    await chat.post('users.generatePersonalAccessToken', { tokenName }, chat.admin, SECOND_FACTOR);
    return chat.post('users.generatePersonalAccessToken', { tokenName }, chat.admin, SECOND_FACTOR);
  },
  'users|users.generatePersonalAccessToken|no permission': async (chat) => {
    const bot = await chat.user(fresh('robot'), ['bot']);
    const factor = { 'x-2fa-method': 'password', 'x-2fa-code': sha256Hex(bot.password) };
    return chat.post('users.generatePersonalAccessToken', { tokenName: 'x' }, bot, factor);
  },
  'users|users.createToken|feature off or wrong secret': (chat) =>
    chat.post('users.createToken', { userId: chat.admin.userId, secret: 'guessed' }),
  'rooms|channels.create|name taken by a channel or a group': async (chat) => {
    const name = fresh('taken');
    await chat.post('groups.create', { name });
    return chat.post('channels.create', { name });
  },
  'rooms|channels.create|name taken by an archived room': async (chat) => {
    const name = fresh('archived');
    const { body } = await chat.post('channels.create', { name });
    await chat.post('channels.archive', { roomId: body.channel._id });
    return chat.post('channels.create', { name });
  },
  'rooms|channels.create|bad characters': (chat) => chat.post('channels.create', { name: 'not valid!' }),
  'rooms|channels.create|name missing': (chat) => chat.post('channels.create', {}),
  'rooms|channels.info | groups.info | rooms.info|unknown, wrong kind, or private and not a member': async (chat) => {
    const owner = await chat.user(fresh('owner'));
    const name = fresh('hidden');
    await chat.post('groups.create', { name }, owner);
    for (const other of [
      'rooms.info?roomName=nowhere',
      'channels.info?roomName=nowhere',
      `channels.info?roomName=${name}`,
    ])
      if ((await chat.get(other)).body.errorType !== 'error-room-not-found') return chat.get(other);
    return chat.get(`groups.info?roomName=${name}`);
  },
  'rooms|rooms.info|no room parameter': (chat) => chat.get('rooms.info?rid=GENERAL'),
  'rooms|rooms.info|room exists, no access': async (chat) => {
    const name = fresh('closed');
    await chat.post('groups.create', { name });
    return chat.get(`rooms.info?roomName=${name}`, await chat.user(fresh('outsider')));
  },
  'rooms|channels.invite|user unknown': (chat) =>
    chat.post('channels.invite', { roomId: 'GENERAL', usernames: ['nobody'] }),
  'rooms|channels.invite|no user given': (chat) => chat.post('channels.invite', { roomId: 'GENERAL' }),
  'rooms|channels.invite|already a member': (chat) =>
    chat.post('channels.invite', { roomId: 'GENERAL', username: 'chief' }),
  'integrations|integrations.create|unknown key such as token or _id': hook({ token: 'mine' }),
  'integrations|integrations.create|channel without # or @': hook({ channel: 'general' }),
  'integrations|integrations.create|channel does not exist': hook({ channel: '#nowhere' }),
  'integrations|integrations.create|posting user unknown': hook({ username: 'nobody' }),
  'integrations|integrations.create|posting user lacks message-impersonate': hook({ username: 'chief' }),
  'integrations|integrations.create|no permission': async (chat) =>
    chat.post('integrations.create', HOOK, await chat.user(fresh('mortal'))),
  'integrations|integrations.get|unknown': (chat) => chat.get('integrations.get?integrationId=none'),
  'integrations|integrations.update | integrations.remove|unknown': async (chat) => {
    const removed = await chat.post('integrations.remove', { type: 'webhook-incoming', integrationId: 'none' });
    if (removed.body.error !== 'No integration found.') return removed;
    return chat.send('PUT', '/api/v1/integrations.update', { ...HOOK, integrationId: 'none' }, chat.admin);
  },
  'settings|GET settings/{id}|unknown or hidden': (chat) => chat.get('settings/No_Such_Setting'),
  'settings|POST settings/{id}|unknown, hidden or blocked': (chat) =>
    chat.post('settings/No_Such_Setting', { value: 1 }, chat.admin, SECOND_FACTOR),
  'chat|chat.postMessage|room unknown': (chat) => chat.post('chat.postMessage', { channel: '#nowhere', text: 'x' }),
  'chat|chat.postMessage|alias or avatar without message-impersonate': (chat) =>
    chat.post('chat.postMessage', { channel: '#general', text: 'x', alias: 'somebody else' }),
  'chat|chat.postMessage|too long': (chat) =>
    chat.post('chat.postMessage', { channel: '#general', text: 'x'.repeat(5_001) }),
};
