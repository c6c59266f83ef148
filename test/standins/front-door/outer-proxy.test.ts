/** Behind a proxy of others: whose word about the client both players believe, and what back ends hear then. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderNginx } from '../../../src/parts/front-door/render.ts';
import { aStack } from '../../builders/stack.ts';
import { loopbackPlaces } from '../../helpers/nginx.ts';
import { ask, type BackEnd, closeDoor, type Door, openDoor, PLAYERS, startBackEnd } from './doors.ts';

const CHAT = 'chat.chatops.localhost';

const heard = (body: string): Record<string, string> =>
  (JSON.parse(body) as { headers: Record<string, string> }).headers;

describe.each(PLAYERS)('a front door (%s) behind a proxy of others', (player) => {
  let backEnd: BackEnd;
  let believing: Door;
  let doubting: Door;

  const open = (proxies: readonly string[]): Promise<Door> =>
    openDoor(player, ({ dir, port }) => {
      const stack = aStack({ public: { scheme: 'https', port: 443, proxies } });
      const places = loopbackPlaces({ dir, listen: `127.0.0.1:${port}`, backEnd: backEnd.port });
      const { daemon: _daemon, ...process } = places.process;
      return renderNginx(stack, { ...places, process })[0]?.text ?? '';
    });

  beforeAll(async () => {
    backEnd = await startBackEnd();
    believing = await open(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);
    doubting = await open(['192.0.2.1']);
  });

  afterAll(async () => {
    await closeDoor(believing);
    await closeDoor(doubting);
    await backEnd.stop();
  });

  const through = async (door: Door, headers: Readonly<Record<string, string>> = {}, host = CHAT) =>
    heard((await ask(door.port, { path: '/x', headers: { host, ...headers } })).body);

  it('names the public address to back ends', async () => {
    expect(await through(believing)).toMatchObject({
      host: CHAT,
      'x-forwarded-host': CHAT,
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
    });
  });

  it.each(['X-Forwarded-Proto', 'X-Forwarded-Port', 'X-Forwarded-Host'])(
    'takes %s from the configuration, whatever the proxy says',
    async (name) => {
      expect(await through(believing, { [name]: 'evil' })).toMatchObject({
        'x-forwarded-host': CHAT,
        'x-forwarded-proto': 'https',
        'x-forwarded-port': '443',
      });
    },
  );

  it.each([
    ['one address', '203.0.113.9', '203.0.113.9'],
    ['what the client wrote before it', '6.6.6.6, 203.0.113.9', '203.0.113.9'],
    ['proxies behind one another', '6.6.6.6, 203.0.113.9, fd00::1, 10.1.2.3', '203.0.113.9'],
    ['an address with a port', '203.0.113.9:4711', '203.0.113.9'],
    ['an address of IPv6', '2001:db8::9', '2001:db8::9'],
    ['only proxies', '10.0.0.1, 10.0.0.2', '10.0.0.1'],
    ['a word that is none', '203.0.113.9, unknown, 10.1.2.3', '10.1.2.3'],
    ['nothing but such a word', 'unknown', '127.0.0.1'],
  ])('finds the client in X-Forwarded-For: %s', async (_what, said, client) => {
    expect(await through(believing, { 'x-forwarded-for': said })).toMatchObject({
      'x-real-ip': client,
      'x-forwarded-for': client,
    });
  });

  it('believes nothing of a stranger', async () => {
    const headers = {
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
      'x-forwarded-host': 'evil.example',
    };
    expect(await through(doubting, headers)).toMatchObject({
      host: `${CHAT}:8080`,
      'x-real-ip': '127.0.0.1',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': '8080',
      'x-forwarded-host': `${CHAT}:8080`,
    });
  });

  it('hears commands of the stack under the name inside', async () => {
    expect(await through(doubting, {}, 'chat.chatops.internal:8080')).toMatchObject({
      host: 'chat.chatops.internal:8080',
    });
  });

  it.each(['Forwarded', 'X-Forwarded-Ssl', 'True-Client-IP'])('drops %s, from the proxy too', async (name) => {
    expect(await through(believing, { [name]: 'evil' })).not.toHaveProperty(name.toLowerCase());
  });

  it('counts tries of passwords by the client, not by the proxy', async () => {
    const tryAs = async (client: string): Promise<number> =>
      (
        await ask(believing.port, {
          method: 'POST',
          path: '/api/v1/login',
          headers: { host: CHAT, 'x-forwarded-for': client },
        })
      ).status;
    const tries = await Promise.all(Array.from({ length: 90 }, () => tryAs('198.51.100.1')));
    expect(tries).toContain(429);
    expect(await tryAs('198.51.100.2')).toBe(200);
  });
});
