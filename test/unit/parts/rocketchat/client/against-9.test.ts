/** What Rocket.Chat announces for 9.0, asked through our client. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../../../../../src/adapters/clock.ts';
import { createHttp } from '../../../../../src/adapters/http.ts';
import { createRocketChat } from '../../../../../src/parts/rocketchat/client/rocketchat.ts';
import { Secret } from '../../../../../src/values/secret.ts';
import { type RunningChat, startRocketChat } from '../../../../standins/rocketchat/start-rocketchat.ts';

const signal = new AbortController().signal;

describe('a server of 9.0', () => {
  let chat: RunningChat;
  let password: string;
  beforeAll(async () => {
    chat = await startRocketChat({ version: '9.0' });
    ({ password } = await chat.user('alice'));
  });
  afterAll(() => chat.stop());

  const logIn = (secret: string) => {
    const connectBot = () => Promise.reject(new Error('nobody opens a realtime session here'));
    const port = createRocketChat({ http: createHttp(), clock: createClock(), report: () => undefined, connectBot });
    const credentials = { username: 'alice', password: new Secret(secret), passwordName: 'ALICE_PASSWORD' };
    return port.login(chat.url, credentials, signal);
  };

  it('refuses a login without saying why: all that it can be is named, with the variable', async () => {
    await expect(logIn('wrong')).rejects.toMatchObject({
      code: 'LOGIN_REFUSED',
      why: expect.stringMatching(/second factor.*ALICE_PASSWORD.*does not say which/),
    });
  });

  it('answers 401 to a missing right: that is named, and the login is kept', async () => {
    const session = await logIn(password);
    await expect(session.addRole('alice', 'admin', signal)).rejects.toMatchObject({
      code: 'PERMISSION_MISSING',
      next: expect.stringContaining('access-permissions'),
    });
    expect(await session.user('alice', signal)).toMatchObject({ username: 'alice' });
  });
});
