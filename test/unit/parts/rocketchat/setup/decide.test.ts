import { describe, expect, it } from 'vitest';
import type { Webhook } from '../../../../../src/parts/rocketchat/rocketchat.ts';
import { decideSetup } from '../../../../../src/parts/rocketchat/setup/decide.ts';
import type { Seen, SeenRoom, SeenUser } from '../../../../../src/parts/rocketchat/setup/seen.ts';
import type { RocketChatSetupSpec } from '../../../../../src/parts/rocketchat/setup/spec.ts';
import { buildWanted, type Wanted } from '../../../../../src/parts/rocketchat/setup/wanted.ts';
import { Secret } from '../../../../../src/values/secret.ts';
import { aRoom, aSetup, aUser, inWords, MARK } from '../../../../builders/rocketchat.ts';

const SCRIPT = 'class Script {}';
const wantedFrom = (overrides: Partial<RocketChatSetupSpec> = {}): Wanted => buildWanted(aSetup(overrides), SCRIPT);

const user = (username: string, overrides: Partial<SeenUser> = {}): SeenUser => ({
  id: `${username}-id`,
  username,
  emails: [`${username}@chatops.test`],
  roles: ['user'],
  active: true,
  ours: true,
  ...overrides,
});
const BOT = user('hubot', { roles: ['user', 'bot'] });
const room = (name: string, overrides: Partial<SeenRoom> = {}): SeenRoom => ({
  id: `${name}-id`,
  name,
  kind: 'channel',
  readOnly: false,
  archived: false,
  mark: MARK,
  members: ['hubot', 'alice'],
  botMayModerate: false,
  ...overrides,
});
const GENERAL = room('general', { id: 'GENERAL', mark: undefined, members: [] });
const webhook = (overrides: Partial<Webhook> = {}): Webhook => ({
  id: 'hook1',
  token: new Secret('t'),
  name: `${MARK} gitlab`,
  channels: ['#ci'],
  poster: 'hubot',
  enabled: true,
  scriptEnabled: true,
  overrideRoom: true,
  script: SCRIPT,
  scriptCompiled: true,
  scriptError: undefined,
  ...overrides,
});

/** A server on which everything is as `aSetup()` wants it. */
const asWanted = (overrides: Partial<Seen> = {}): Seen => ({
  version: '8.6.1',
  settings: {},
  users: [BOT, user('alice')],
  taken: new Map(),
  rooms: [room('ops'), room('ci')],
  webhooks: [webhook()],
  ...overrides,
});

const decide = (seen: Partial<Seen>, overrides: Partial<RocketChatSetupSpec> = {}) =>
  decideSetup(wantedFrom(overrides), asWanted(seen));
const changes = (seen: Partial<Seen>, overrides: Partial<RocketChatSetupSpec> = {}) =>
  inWords(decide(seen, overrides).changes);
const conflicts = (seen: Partial<Seen>, overrides: Partial<RocketChatSetupSpec> = {}) =>
  decide(seen, overrides).conflicts.map(({ resource, name, why }) => `${resource} ${name}: ${why}`);

describe('the release that the chat setup finds', () => {
  it.each(['8.4.0', '8.5.1', '8.5.2'])('is warned of where apps cannot run on its image: %s', (version) => {
    expect(decide({ version }).warnings).toEqual([expect.stringMatching(/^Rocket\.Chat \S+: .* 8\.5\.3 or later$/)]);
  });

  it.each(['7.13.0', '8.3.9', '8.5.3', '8.6.0', '9.0.0', '8.5', 'unknown', undefined])('is fine: %s', (version) => {
    expect(decide({ version }).warnings).toEqual([]);
  });
});

describe('what the chat setup decides', () => {
  it('is nothing when everything is as wanted', () => {
    expect(decide({})).toEqual({ changes: [], conflicts: [], warnings: [] });
  });

  it('is everything in the order in which it must be made on an empty server', () => {
    expect(changes({ users: [], rooms: [], webhooks: [] })).toEqual([
      'create user hubot: there is no account hubot',
      'create user alice: there is no account alice',
      'create room ops: there is no room ops',
      'create room ci: there is no room ci',
      'create webhook chatops-up:chatops gitlab: there is no webhook chatops-up:chatops gitlab',
    ]);
  });

  it('is one create with all members inside for a room more', () => {
    const rooms = [
      ...aSetup().rooms,
      aRoom({ name: 'war-room', kind: 'private', members: ['hubot', 'chief', 'alice'] }),
    ];
    const { changes: decided } = decide({}, { rooms });
    expect(decided).toHaveLength(1);
    expect(decided[0]?.step).toEqual({
      kind: 'room',
      room: { name: 'war-room', kind: 'private', readOnly: false, members: ['hubot', 'alice'], mark: MARK },
    });
  });

  it('is one create with all roles for a user more', () => {
    const bob = aUser({ username: 'bob', email: 'bob@chatops.test', roles: ['user', 'livechat-agent'] });
    const { changes: decided } = decide({}, { users: [...aSetup().users, bob] });
    expect(decided).toHaveLength(1);
    expect(decided[0]?.step).toMatchObject({ kind: 'user', user: { roles: ['user', 'livechat-agent'] } });
  });

  it('keeps the bot out of the default rooms and lets people in', () => {
    const { changes: decided } = decide({ users: [] });
    expect(decided.map(({ step }) => step.kind === 'user' && [step.user.username, step.joinDefaultRooms])).toEqual([
      ['hubot', false],
      ['alice', true],
    ]);
  });
});

describe('settings', () => {
  const settings = { Show_Setup_Wizard: 'completed', Limit: 600 };

  it('are changed where they differ, with both values in the cause', () => {
    expect(changes({ settings: { Show_Setup_Wizard: 'pending', Limit: 600 } }, { settings })).toEqual([
      'update setting Show_Setup_Wizard: is "pending", wanted "completed"',
    ]);
  });

  it('that the server does not know are reported, not written', () => {
    const decided = decide({ settings: { Show_Setup_Wizard: 'completed' } }, { settings });
    expect(decided.changes).toEqual([]);
    expect(decided.warnings).toEqual([expect.stringContaining('setting Limit is unknown')]);
  });
});

describe('accounts', () => {
  it('of a user with a wanted name are a conflict, and the remedy names the mark', () => {
    const decided = decide({ users: [BOT, user('alice', { ours: false })] });
    expect(decided.conflicts).toEqual([
      expect.objectContaining({ resource: 'user', name: 'alice', next: expect.stringContaining(`[${MARK}]`) }),
    ]);
  });

  it('of a user with a wanted e-mail are a conflict', () => {
    expect(conflicts({ users: [BOT], taken: new Map([['alice@chatops.test', 'alison']]) })).toEqual([
      'user alice: the e-mail alice@chatops.test belongs to the account alison already',
    ]);
  });

  it('whose name differs in case only are a conflict, as the server sees one name', () => {
    expect(conflicts({ users: [BOT], taken: new Map([['alice', 'Alice']]) })).toEqual([
      'user alice: the name belongs to the account Alice already',
    ]);
  });

  it('get each missing role by a change of its own, and keep what a user gave them', () => {
    expect(changes({ users: [user('hubot', { roles: ['guest'] }), user('alice')] })).toEqual([
      'update user hubot (role user): has the roles guest, wanted user too',
      'update user hubot (role bot): has the roles guest, wanted bot too',
    ]);
  });

  it('with another e-mail or deactivated are left alone and reported', () => {
    const decided = decide({ users: [BOT, user('alice', { emails: ['a@b.example'], active: false })] });
    expect(decided.changes).toEqual([]);
    expect(decided.warnings).toEqual([
      expect.stringContaining('user alice is deactivated'),
      expect.stringContaining('another e-mail'),
    ]);
  });

  it('of the bot with another password are a conflict that names the variable, never a reset', () => {
    const botRefused = { why: 'password differs', next: 'put it into .env as BOT_PASSWORD' };
    expect(decide({ botRefused })).toMatchObject({
      changes: [],
      conflicts: [{ resource: 'user', name: 'hubot', ...botRefused }],
    });
  });
});

describe('accounts of another stack', () => {
  it('are said to be its own, and not made by hand', () => {
    const decided = decide({ users: [BOT, user('alice', { ours: false, madeBy: 'other' })] });
    expect(decided.conflicts).toMatchObject([
      {
        name: 'alice',
        why: 'it belongs to the stack other, which made it',
        next: expect.stringContaining('set `name: other`'),
      },
    ]);
  });
});

describe('rooms', () => {
  it('of a user with a wanted name are a conflict', () => {
    expect(conflicts({ rooms: [room('ops', { mark: undefined }), room('ci')] })).toEqual([
      'room ops: a channel of this name was made by hand (it does not bear our mark)',
    ]);
  });

  it('of another stack are a conflict', () => {
    const decided = decide({ rooms: [room('ops', { mark: 'chatops-up:other' }), room('ci')] });
    expect(decided.conflicts).toEqual([
      {
        resource: 'room',
        name: 'ops',
        why: 'it belongs to the stack other, which made it',
        next: 'if this stack was called that before, set `name: other` back in chatops.yaml; if not, choose another name here',
      },
    ]);
  });

  it('a private room of a user is a conflict, not something to create once more', () => {
    const decided = decide({ rooms: [room('ops', { mark: undefined, kind: 'private' }), room('ci')] });
    expect(decided.changes).toEqual([]);
    expect(decided.conflicts[0]?.why).toContain('a private room of this name was made by hand');
  });

  it('that are archived are a conflict, ours and others', () => {
    expect(
      conflicts({ rooms: [room('ops', { archived: true }), room('ci', { archived: true, mark: undefined })] }),
    ).toEqual([
      'room ops: the room is archived',
      'room ci: an archived channel of this name was made by hand (it does not bear our mark)',
    ]);
  });

  it('of ours but of the other kind are a conflict', () => {
    expect(conflicts({ rooms: [room('ops', { kind: 'private' }), room('ci')] })).toEqual([
      'room ops: it is a private room, wanted a channel',
    ]);
  });

  it('get all missing members in one invitation', () => {
    expect(changes({ rooms: [room('ops', { members: [] }), room('ci')] })).toEqual([
      'create membership hubot, alice in ops: hubot, alice are not inside',
    ]);
  });

  it('are made read-only or writable as wanted', () => {
    expect(changes({ rooms: [room('ops', { readOnly: true }), room('ci')] })).toEqual([
      'update room ops: is read-only, wanted writable',
    ]);
  });

  it('that are read-only make the bot moderator, once it is inside', () => {
    const rooms = [aRoom({ name: 'news', readOnly: true, members: ['hubot'] })];
    const inside = room('news', { readOnly: true, members: ['hubot'] });
    const outside = { ...inside, members: [] };
    const moderating = { ...inside, botMayModerate: true };
    expect(changes({ rooms: [inside] }, { rooms })).toEqual([
      'update membership hubot in news (moderator): news is read-only and hubot must be able to post there',
    ]);
    expect(changes({ rooms: [outside] }, { rooms })).toEqual(['create membership hubot in news: hubot is not inside']);
    expect(changes({ rooms: [moderating] }, { rooms })).toEqual([]);
  });

  it('members without an account are a conflict, as the server would drop them without a word', () => {
    expect(conflicts({}, { rooms: [aRoom({ name: 'ops', members: ['hubot', 'ghost'] })] })).toEqual([
      'membership ghost in ops: there is no account ghost; the server would leave it out without a word',
    ]);
  });

  it('called general are used without being ours, members added and nothing else', () => {
    const rooms = [aRoom({ name: 'general', readOnly: true, members: ['hubot', 'alice'] })];
    expect(changes({ rooms: [GENERAL] }, { rooms })).toEqual([
      'create membership hubot, alice in general: hubot, alice are not inside',
    ]);
  });

  it('called general need no invitation for people made in this run, who enter by themselves', () => {
    const rooms = [aRoom({ name: 'general', members: ['hubot', 'alice'] })];
    expect(changes({ users: [BOT], rooms: [{ ...GENERAL, members: ['hubot'] }] }, { rooms })).toEqual([
      'create user alice: there is no account alice',
    ]);
  });
});

describe('the incoming webhook', () => {
  const drifts: readonly [string, Partial<Webhook>][] = [
    ['is disabled', { enabled: false }],
    ['its script is switched off', { scriptEnabled: false }],
    ['its callers may not choose the room', { overrideRoom: false }],
    ['posts to #ops', { channels: ['#ops'] }],
    ['its script differs from ours', { script: 'class Script { }' }],
    ['its script is not compiled', { scriptCompiled: false }],
    ['its script did not compile: Unexpected token', { scriptError: 'Unexpected token' }],
  ];
  it.each(drifts)('is updated when it %s', (cause, drift) => {
    expect(changes({ webhooks: [webhook(drift)] })).toEqual([`update webhook ${MARK} gitlab: ${cause}`]);
  });

  it('is updated by its id, never made again', () => {
    expect(decide({ webhooks: [webhook({ enabled: false })] }).changes[0]?.step).toMatchObject({ id: 'hook1' });
  });

  it('that a user made under our name is a conflict', () => {
    expect(conflicts({ webhooks: [webhook({ poster: 'rocket.cat' })] })).toEqual([
      `webhook ${MARK} gitlab: a webhook of this name posts as rocket.cat, not as hubot: it was made by hand`,
    ]);
  });

  it('a second one of our name is reported and left, the oldest is used', () => {
    const decided = decide({ webhooks: [webhook(), webhook({ id: 'hook2', enabled: false })] });
    expect(decided.changes).toEqual([]);
    expect(decided.warnings).toEqual([expect.stringMatching(/2 webhooks called .* remove hook2/)]);
  });

  it('is none of ours when nothing is announced', () => {
    const { webhook: _, ...silent } = aSetup();
    expect(decideSetup(buildWanted(silent, ''), asWanted({ webhooks: [] })).changes).toEqual([]);
  });

  it('posts as the bot, never as the administrator', () => {
    expect(decide({ webhooks: [] }).changes[0]?.step).toMatchObject({ webhook: { poster: 'hubot' } });
  });
});
