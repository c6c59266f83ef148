import { describe, expect, it } from 'vitest';
import type { MattermostUser } from '../../../../../src/parts/mattermost/mattermost.ts';
import { decideSetup } from '../../../../../src/parts/mattermost/setup/decide.ts';
import { descriptionOf, positionOf, purposeOf } from '../../../../../src/parts/mattermost/setup/marks.ts';
import { BLANK } from '../../../../../src/parts/mattermost/setup/observe.ts';
import type { Seen, SeenChannel, SeenHook } from '../../../../../src/parts/mattermost/setup/seen.ts';
import { Secret } from '../../../../../src/values/secret.ts';
import { anAccount, aSetup, inWords, MARK } from '../../../../builders/mattermost.ts';

const user = (username: string, overrides: Partial<MattermostUser> = {}): MattermostUser => ({
  id: `${username}-id`,
  username,
  email: `${username}@example.org`,
  roles: ['system_user'],
  active: true,
  isBot: false,
  position: positionOf(MARK),
  ...overrides,
});

const CHIEF = user('chief', { roles: ['system_admin', 'system_user'], position: '' });

const ops = (overrides: Partial<SeenChannel> = {}): SeenChannel => ({
  ...{ id: 'ops-id', name: 'ops', kind: 'channel', header: '', purpose: purposeOf('', MARK), archived: false },
  members: ['chief', 'hubot'],
  ...overrides,
});

const board = (overrides: Partial<SeenChannel> = {}): SeenChannel => ({
  ...{ id: 'board-id', name: 'board', kind: 'private', header: 'Agenda', archived: false },
  purpose: purposeOf('To decide', MARK),
  members: ['chief', 'alice', 'hubot'],
  ...overrides,
});

const hook = (overrides: Partial<SeenHook> = {}): SeenHook => ({
  ...{ id: new Secret('hook-id'), name: 'backups', description: descriptionOf(MARK) },
  ...{ channelId: 'ops-id', channel: 'ops' },
  ...overrides,
});

/** A server on which everything is as `aSetup()` wants it. */
const asWanted = (overrides: Partial<Seen> = {}): Seen => ({
  isNew: false,
  users: [CHIEF, user('hubot'), user('alice')],
  team: { id: 'team-id', members: ['chief', 'hubot', 'alice'] },
  channels: [ops(), board()],
  hooks: [hook()],
  ...overrides,
});

describe('a new server', () => {
  it('gets its administrator first, and everything else in the order of what it needs', () => {
    expect(inWords(decideSetup(aSetup(), BLANK))).toEqual([
      'create user chief',
      'create user hubot',
      'create user alice',
      'create team works',
      'create membership hubot in team works',
      'create membership alice in team works',
      'create channel ops',
      'create membership hubot in ops',
      'create channel board',
      'create membership alice in board',
      'create membership hubot in board',
      'create webhook backups',
    ]);
  });

  it('gets no administrator from us when it is not ours', () => {
    expect(inWords(decideSetup(aSetup({ external: true }), BLANK))).not.toContain('create user chief');
  });

  it('gives a new account the roles that it has not by itself', () => {
    const users = [anAccount('alice', { roles: ['system_user', 'system_admin'] })];
    expect(inWords(decideSetup(aSetup({ users }), BLANK))).toContain('update user alice (system_admin)');
  });
});

describe('a server on which everything is as wanted', () => {
  it('is left alone', () => {
    expect(decideSetup(aSetup(), asWanted())).toEqual({ changes: [], conflicts: [], warnings: [] });
  });
});

describe('an account', () => {
  const decide = (alice: Partial<MattermostUser>) =>
    decideSetup(aSetup(), asWanted({ users: [CHIEF, user('hubot'), user('alice', alice)] }));

  it('that was made by hand is not taken over', () => {
    const { conflicts } = decide({ position: 'Clerk' });
    expect(conflicts).toMatchObject([{ resource: 'user', name: 'alice', why: expect.stringContaining('by hand') }]);
  });

  it('of another stack of ours is called that', () => {
    const { conflicts } = decide({ position: positionOf('chatops-up:other') });
    expect(conflicts).toMatchObject([{ why: expect.stringContaining('the stack other') }]);
  });

  it('of a stack whose name begins like ours is not ours', () => {
    expect(decide({ position: positionOf(`${MARK}s`) }).conflicts).toHaveLength(1);
  });

  it('keeps the roles that others gave it when it gets one more', () => {
    const users = [anAccount('alice', { roles: ['system_user', 'system_manager'] })];
    const seen = asWanted({ users: [CHIEF, user('hubot'), user('alice', { roles: ['system_user', 'custom'] })] });
    expect(decideSetup(aSetup({ users }), seen).changes).toMatchObject([
      { step: { kind: 'roles', userId: 'alice-id', roles: ['system_user', 'custom', 'system_manager'] } },
    ]);
  });

  it('that is deactivated, or has another address, is reported and not changed', () => {
    const { changes, warnings } = decide({ active: false, email: 'other@example.org' });
    expect(changes).toEqual([]);
    expect(warnings).toEqual([
      expect.stringContaining('alice is deactivated'),
      expect.stringContaining('another e-mail than alice@example.org'),
    ]);
  });

  it('of the bot whose password is refused stops the job', () => {
    const seen = asWanted({ botRefused: { why: 'hubot could not log in', next: 'check BOT_PASSWORD in .env' } });
    expect(decideSetup(aSetup(), seen).conflicts).toEqual([
      { resource: 'user', name: 'hubot', why: 'hubot could not log in', next: 'check BOT_PASSWORD in .env' },
    ]);
  });
});

describe('a team', () => {
  it('that is there already is used, and gets those who are missing', () => {
    const seen = asWanted({ team: { id: 'team-id', members: ['hubot'] } });
    expect(inWords(decideSetup(aSetup(), seen))).toEqual([
      'create membership chief in team works',
      'create membership alice in team works',
    ]);
  });
});

describe('a channel', () => {
  const decide = (found: SeenChannel) => decideSetup(aSetup(), asWanted({ channels: [found, board()] }));

  it('gets who is missing, and keeps whom others invited', () => {
    expect(inWords(decide(ops({ members: ['chief', 'alice'] })))).toEqual(['create membership hubot in ops']);
  });

  it('gets its header and purpose back', () => {
    const seen = asWanted({ channels: [ops(), board({ header: 'x', purpose: purposeOf('y', MARK) })] });
    expect(decideSetup(aSetup(), seen).changes).toMatchObject([
      {
        cause: 'its header and purpose are not as wanted',
        step: { id: 'board-id', header: 'Agenda', purpose: `To decide [${MARK}]` },
      },
    ]);
  });

  it.each([
    ['was made by hand', { purpose: 'Ours' }, 'an open channel of this name was made by hand'],
    ['is archived', { archived: true }, 'archived'],
    ['is of the other kind', { kind: 'private' }, 'wanted an open channel'],
    ['belongs to another stack', { purpose: purposeOf('', 'chatops-up:other') }, 'the stack other'],
  ] as const)('that %s is left alone', (_what, overrides, why) => {
    const { changes, conflicts } = decide(ops(overrides));
    expect(changes).toEqual([]);
    expect(conflicts).toMatchObject([{ resource: 'channel', name: 'ops', why: expect.stringContaining(why) }]);
  });

  it('that every team has is used as it is', () => {
    const channels = [{ name: 'town-square', kind: 'channel', header: 'x', purpose: 'y', members: ['alice'] }] as const;
    const square = ops({ name: 'town-square', purpose: '', members: [] });
    const seen = asWanted({ channels: [square], hooks: [] });
    expect(decideSetup(aSetup({ channels, hooks: [] }), seen)).toEqual({ changes: [], conflicts: [], warnings: [] });
  });
});

describe('an incoming webhook', () => {
  const decide = (hooks: readonly SeenHook[]) => decideSetup(aSetup(), asWanted({ hooks }));

  it('goes back to its channel, with the address it has', () => {
    const { changes } = decide([hook({ channel: undefined, channelId: 'other' })]);
    expect(changes).toMatchObject([{ action: 'update', step: { kind: 'move-hook', channel: 'ops' } }]);
  });

  it('of the same name that a user made is left alone beside ours', () => {
    expect(inWords(decide([hook({ description: 'mine' })]))).toEqual(['create webhook backups']);
    expect(inWords(decide([hook({ description: 'mine', channel: 'board' }), hook()]))).toEqual([]);
  });

  it('of another stack is not doubled', () => {
    const { conflicts } = decide([hook({ description: descriptionOf('chatops-up:other') })]);
    expect(conflicts).toMatchObject([{ resource: 'webhook', why: expect.stringContaining('the stack other') }]);
  });

  it('that is there twice is reported', () => {
    expect(decide([hook(), hook()]).warnings).toEqual([expect.stringContaining('2 incoming webhooks backups')]);
  });
});
