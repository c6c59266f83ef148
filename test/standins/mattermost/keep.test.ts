import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startMattermost } from './start-mattermost.ts';

const ENV = { MM_SQLSETTINGS_DATASOURCE: 'postgres://a:b@postgres:5432/c' };

it('a Mattermost with a database knows at its next start what it knew', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kept-'));
  const send = (url: string, path: string, body: object, token = ''): Promise<Response> =>
    fetch(`${url}/api/v4${path}`, {
      method: 'POST',
      headers: token === '' ? {} : { Authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
  const login = { login_id: 'chief', password: 'a-long-password' };
  const first = await startMattermost(ENV, dir);
  await send(first.url, '/users', { username: 'chief', email: 'chief@example.org', password: login.password });
  const token = (await send(first.url, '/users/login', login)).headers.get('Token') ?? '';
  await send(first.url, '/teams', { name: 'works', display_name: 'Works', type: 'O' }, token);
  await first.stop();

  const second = await startMattermost(ENV, dir);
  expect((await send(second.url, '/users/login', login)).status).toBe(200);
  expect(second.world.teams[0]?.members.size).toBe(1);
  expect(second.world.channels.map(({ name }) => name)).toEqual(['town-square', 'off-topic']);
  await second.stop();
});
