/** The vendor's own client, whose authors know nothing of the stand-in, does what the relay does. */

import { LIMITED } from '@chatops-up/standins/internal/mattermost/answers';
import { addPerson } from '@chatops-up/standins/internal/mattermost/people';
import { Client4, ClientError } from '@mattermost/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningMattermost, startMattermost } from '../../standins/mattermost/start-mattermost.ts';

let mattermost: RunningMattermost;
let client: Client4;
let channel: string;

const errorOf = async (task: Promise<unknown>): Promise<readonly unknown[]> => {
  const thrown = await task.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof ClientError)) throw new Error(`no error of Mattermost's: ${String(thrown)}`);
  return [thrown.status_code, thrown.server_error_id];
};

beforeAll(async () => {
  mattermost = await startMattermost();
  client = new Client4();
  client.setUrl(mattermost.url);
  client.setToken(mattermost.world.bot.token);
  channel = (await client.getChannelByNameAndTeamName('works', 'builds')).id;
});
afterAll(() => mattermost.stop());

describe('Mattermost’s own client as judge of the stand-in', () => {
  it('knows who it is, and where it is a member', async () => {
    const { id, username } = await client.getMe();
    expect(username).toBe('chatops');
    expect(await client.getChannelMember(channel, id)).toMatchObject({ channel_id: channel, user_id: id });
  });

  it('posts, changes, reads and removes a message', async () => {
    const attachments = [{ fallback: 'a', color: '#2da160', text: 'more' }];
    const post = await client.createPost({ channel_id: channel, message: 'running', props: { attachments } });
    expect(post).toMatchObject({ message: 'running', edit_at: 0, type: 'slack_attachment', props: { attachments } });
    const changed = await client.patchPost({ id: post.id, message: 'passed' });
    expect(changed).toMatchObject({ id: post.id, message: 'passed', props: { attachments } });
    expect(changed.edit_at).toBeGreaterThan(0);
    expect(await client.getPost(post.id)).toEqual(changed);
    expect(await client.deletePost(post.id)).toEqual({ status: 'OK' });
    expect(await errorOf(client.getPost(post.id))).toEqual([404, 'app.post.get.app_error']);
    expect(await errorOf(client.patchPost({ id: post.id, message: 'x' }))).toEqual([404, 'app.post.get.app_error']);
  });

  it('gets the first post again for a pending id that is seen twice', async () => {
    const post = { channel_id: channel, message: 'once', pending_post_id: 'same' };
    expect((await client.createPost(post)).id).toBe((await client.createPost(post)).id);
  });

  it('reads a channel newest first, by pages', async () => {
    const made = [];
    for (const message of ['one', 'two', 'three'])
      made.push((await client.createPost({ channel_id: channel, message })).id);
    const page = await client.getPosts(channel, 0, 2);
    expect(page.order).toEqual(made.toReversed().slice(0, 2));
    expect((await client.getPosts(channel, 1, 2)).order[0]).toBe(made[0]);
  });

  it('understands its refusals', async () => {
    const stranger = new Client4();
    stranger.setUrl(mattermost.url);
    stranger.setToken('nobody');
    expect(await errorOf(stranger.getMe())).toEqual([401, 'api.context.session_expired.app_error']);
    const lost = client.getChannelByNameAndTeamName('works', 'nowhere');
    expect(await errorOf(lost)).toEqual([404, 'app.channel.get_by_name.missing.app_error']);
    const closed = (await client.getChannelByNameAndTeamName('works', 'closed')).id;
    const refused = client.createPost({ channel_id: closed, message: 'x' });
    expect(await errorOf(refused)).toEqual([403, 'api.context.permissions.app_error']);
    const long = client.createPost({ channel_id: channel, message: 'x'.repeat(16_384) });
    expect((await errorOf(long))[0]).toBe(400);
  });

  it('gets a rate limit as text, as servers send it', async () => {
    mattermost.faults.add({ match: 'GET /api/v4/users/me', effect: LIMITED });
    const thrown: unknown = await client.getMe().catch((error: unknown) => error);
    expect([thrown instanceof ClientError, (thrown as ClientError).status_code]).toEqual([true, undefined]);
  });
});

describe('Mattermost’s own client, logged in with a password', () => {
  let alice: Client4;

  beforeAll(async () => {
    addPerson(mattermost.world, {
      username: 'alice',
      password: 'a-long-password',
      channels: [{ name: 'builds' }, { name: 'board', type: 'P' }],
    });
    alice = new Client4();
    alice.setUrl(mattermost.url);
    const { username } = await alice.login('alice', 'a-long-password');
    expect(username).toBe('alice');
  });

  it('is refused with another password', async () => {
    const stranger = new Client4();
    stranger.setUrl(mattermost.url);
    expect(await errorOf(stranger.login('alice', 'another'))).toEqual([
      401,
      'api.user.login.invalid_credentials_email_username',
    ]);
  });

  it('finds its team, and a channel of it by name', async () => {
    const [team] = await alice.getMyTeams();
    expect(team?.name).toBe('works');
    expect(await alice.getChannelByName(team?.id ?? '', 'board')).toMatchObject({ name: 'board', type: 'P' });
  });

  it('does not see a private channel of others', async () => {
    const hidden = client.getChannelByNameAndTeamName('works', 'board');
    expect(await errorOf(hidden)).toEqual([404, 'app.channel.get_by_name.missing.app_error']);
  });

  it('may not change what others have written', async () => {
    const post = await client.createPost({ channel_id: channel, message: 'mine' });
    expect(await errorOf(alice.patchPost({ id: post.id, message: 'yours' }))).toEqual([
      403,
      'api.context.permissions.app_error',
    ]);
  });
});

describe('Mattermost’s own client, setting up a server that is new', () => {
  let fresh: RunningMattermost;
  let admin: Client4;
  const PASSWORD = 'a-long-password';
  const account = (username: string) =>
    ({ username, email: `${username}@example.org`, password: PASSWORD }) as Parameters<Client4['createUser']>[0];

  beforeAll(async () => {
    fresh = await startMattermost({
      MM_SQLSETTINGS_DATASOURCE: 'postgres://a:b@postgres:5432/c',
      MM_SERVICESETTINGS_ENABLEBOTACCOUNTCREATION: 'true',
    });
    admin = new Client4();
    admin.setUrl(fresh.url);
  });
  afterAll(() => fresh.stop());

  it('learns that there are no accounts, and makes the first, which administers it', async () => {
    expect((await admin.getClientConfig()).NoAccounts).toBe('true');
    expect((await admin.createUser(account('chief'), '', '')).roles).toContain('system_admin');
    await admin.login('chief', PASSWORD);
    expect((await admin.getMe()).username).toBe('chief');
  });

  it('makes a team and a private channel, and brings somebody in', async () => {
    const wanted = { name: 'works', display_name: 'Works', type: 'O' } as Parameters<Client4['createTeam']>[0];
    const team = await admin.createTeam(wanted);
    const board = { team_id: team.id, name: 'board', display_name: 'board', type: 'P', purpose: 'To decide' };
    const { id } = await admin.createChannel(board as Parameters<Client4['createChannel']>[0]);
    const alice = await admin.createUser(account('alice'), '', '');
    await admin.addToTeam(team.id, alice.id);
    await admin.addToChannel(alice.id, id);
    expect((await admin.getChannelMembers(id)).map(({ user_id }) => user_id)).toContain(alice.id);
    expect(await admin.getChannelByName(team.id, 'board')).toMatchObject({ type: 'P', purpose: 'To decide' });
  });

  it('makes a bot with a token, as which it then speaks', async () => {
    const { user_id } = await admin.createBot({ username: 'robot' });
    const { token } = await admin.createUserAccessToken(user_id, 'for a test');
    const bot = new Client4();
    bot.setUrl(fresh.url);
    bot.setToken(token ?? '');
    expect(await bot.getMe()).toMatchObject({ username: 'robot', is_bot: true });
  });

  it('makes an incoming webhook, changes it, and finds it again', async () => {
    const { id: team } = await admin.getTeamByName('works');
    const { id: channel_id } = await admin.getChannelByName(team, 'board');
    const wanted = { channel_id, display_name: 'backups', description: 'one' };
    const hook = await admin.createIncomingWebhook(wanted as Parameters<Client4['createIncomingWebhook']>[0]);
    await admin.updateIncomingWebhook({ ...hook, description: 'two' });
    expect(await admin.getIncomingWebhooks(team)).toMatchObject([{ id: hook.id, description: 'two' }]);
  });

  it('reads that its database is away', async () => {
    expect(await admin.ping(true)).toMatchObject({ status: 'UNHEALTHY', database_status: 'UNHEALTHY' });
  });
});
