/** The relay's way into Mattermost as an account with a password, against a played server. */
import { addPerson } from '@chatops-up/standins/internal/mattermost/people';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttp } from '../../../../src/adapters/http.ts';
import { createMattermostAccountSink } from '../../../../src/parts/mattermost/client/account-sink.ts';
import { Secret } from '../../../../src/values/secret.ts';
import { type RunningMattermost, startMattermost } from '../../../standins/mattermost/start-mattermost.ts';

const { signal } = new AbortController();
const body = { message: 'running' };
let server: RunningMattermost;

beforeEach(async () => {
  server = await startMattermost();
  addPerson(server.world, { username: 'hubot', password: 'a-long-password', channels: [{ name: 'builds' }] });
});
afterEach(() => server.stop());

const sinkOf = (password = 'a-long-password', base = server.url) =>
  createMattermostAccountSink({
    http: createHttp(),
    base,
    credentials: { username: 'hubot', password: new Secret(password), passwordName: 'BOT_PASSWORD' },
    team: 'works',
  });

const logins = (): number => server.ledger.totals().session;

describe('an account that posts for the relay', () => {
  it('logs in once for everything it says', async () => {
    const sink = sinkOf();
    expect(await sink.trouble(['builds'], signal)).toBeUndefined();
    const posted = await sink.post('builds', 'key', body, signal);
    expect(await sink.find('builds', 'key', signal)).toEqual({
      kind: 'found',
      id: posted.kind === 'done' ? posted.id : '',
    });
    expect(logins()).toBe(1);
  });

  it('logs in again when the server has ended its session, and says what it wanted to say once', async () => {
    const sink = sinkOf();
    await sink.post('builds', 'one', body, signal);
    server.world.sessions.clear();
    expect(await sink.post('builds', 'two', body, signal)).toMatchObject({ kind: 'done' });
    expect([logins(), server.world.posts.size]).toEqual([2, 2]);
  });

  it('waits while its password is refused, and says why', async () => {
    const why = 'could not log in as hubot: HTTP 401 (api.user.login.invalid_credentials_email_username)';
    expect(await sinkOf('another-password').post('builds', 'key', body, signal)).toEqual({ kind: 'later', why });
    expect(await sinkOf('another-password').trouble(['builds'], signal)).toBe(why);
  });

  it('waits while nobody answers', async () => {
    const sink = sinkOf();
    await server.sleep();
    expect(await sink.post('builds', 'key', body, signal)).toMatchObject({ kind: 'later' });
    await server.wake();
    expect(await sink.post('builds', 'key', body, signal)).toMatchObject({ kind: 'done' });
  });
});
