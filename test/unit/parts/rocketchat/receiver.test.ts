import { describe, expect, it } from 'vitest';
import { StaleDecision } from '../../../../src/contracts/job.ts';
import { alsoTaking, notifierScript, secretsIn } from '../../../../src/notifier/notifier-script.ts';
import type { ReceiverRef } from '../../../../src/stack/stack.ts';
import { Secret } from '../../../../src/values/secret.ts';
import { sha256Hex } from '../../../../src/values/sha256.ts';
import { ADMIN, chatPorts, MARK, SECRETS } from '../../../builders/rocketchat.ts';
import { createFakeServer, type FakeWebhook } from '../../../fakes/rocketchat-server.ts';

const signal = new AbortController().signal;
const REF: ReceiverRef = {
  target: { kind: 'service', endpoint: { service: 'chat', port: 3000 } },
  admin: ADMIN,
  name: `${MARK} gitlab`,
  madeBy: 'rocketchat-setup',
  secret: 'HOOK_SECRET',
};
const CURRENT = sha256Hex(SECRETS.HOOK_SECRET ?? '');
const FORMER = sha256Hex('former-secret');

const scriptFor = (secretSha256: string, former: readonly string[] = []): string =>
  alsoTaking(
    notifierScript({ locale: 'en', defaultRoom: 'ci', secretSha256, hooks: [] }),
    former.map((digest) => ({ secretSha256: digest, hooks: [] })),
  );

/** A chat with the webhook of the stack, and the bases that were logged in to. */
const aChat = (webhook: Partial<FakeWebhook> = {}) => {
  const server = createFakeServer();
  server.addWebhook({
    name: REF.name,
    channels: ['#ci'],
    enabled: true,
    scriptEnabled: true,
    scriptCompiled: true,
    script: scriptFor(CURRENT),
    ...webhook,
  });
  const bases: string[] = [];
  const login: typeof server.port.login = (base, ...rest) => {
    bases.push(base);
    return server.port.login(base, ...rest);
  };
  return { server, bases, ports: chatPorts({ ...server.port, login }) };
};

const addressIn = async (chat: ReturnType<typeof aChat>) => {
  const address = await chat.ports.receiver(REF).address(signal);
  if (address === undefined) throw new Error('there is no receiver');
  return address;
};

describe('the receiver that is an incoming webhook of Rocket.Chat', () => {
  it('is not there while the chat has no webhook of its name', async () => {
    const { server, ports } = aChat();
    server.webhooks.length = 0;
    server.addWebhook({ name: 'of somebody else' });
    expect(await ports.receiver(REF).address(signal)).toBeUndefined();
  });

  it('has an address for each room, as the forge reaches the chat, and knows it again', async () => {
    const address = await addressIn(aChat());
    const url = address.url('ops & more');
    expect(url.reveal()).toBe(`http://chat:3000/hooks/${address.id}/hook-token?channel=ops%20%26%20more`);
    expect(address.roomOf(url)).toBe('ops & more');
  });

  it.each([
    'http://chat:3000/hooks/another/hook-token?channel=ops',
    'https://chat.example.com/hooks/ID/hook-token?channel=ops',
    'http://chat:3000/hooks/ID/hook-token',
  ])('takes %s for no address of its own with a room', async (url) => {
    const address = await addressIn(aChat());
    expect(address.roomOf(new Secret(url.replace('ID', address.id)))).toBeUndefined();
  });

  it('is read elsewhere than where the forge reaches it', async () => {
    const { bases, ports } = aChat();
    const readAt = { kind: 'url', url: 'https://chat.example.com' } as const;
    const address = await ports.receiver(REF, { readAt }).address(signal);
    expect(bases).toEqual(['https://chat.example.com']);
    expect(address?.url('ci').reveal()).toMatch(/^http:\/\/chat:3000\//);
  });

  it('reports which secrets it takes, the current one first', async () => {
    const address = await addressIn(aChat({ script: scriptFor(CURRENT, [FORMER]) }));
    expect(address.takes).toEqual([CURRENT, FORMER]);
  });

  it.each([
    [{ scriptEnabled: false }, 'its script is switched off'],
    [{ scriptCompiled: false }, 'its script is broken: it was never compiled'],
    [{ scriptError: 'Unexpected token' }, 'its script is broken: Unexpected token'],
    [{}, undefined],
  ])('says what would spoil a delivery: %o', async (webhook, why) => {
    expect((await addressIn(aChat(webhook))).broken).toBe(why);
  });

  it('forgets the former secrets and keeps its address', async () => {
    const chat = aChat({ script: scriptFor(CURRENT, [FORMER]) });
    const before = await addressIn(chat);
    await chat.ports.receiver(REF).forgetSecrets(signal);
    expect(secretsIn(chat.server.webhooks[0]?.script ?? '')).toEqual([CURRENT]);
    expect((await addressIn(chat)).url('ci').reveal()).toBe(before.url('ci').reveal());
  });

  it('forgets nothing while it does not take the secret of .env', async () => {
    const { server, ports } = aChat({ script: scriptFor(FORMER) });
    await expect(ports.receiver(REF).forgetSecrets(signal)).rejects.toBeInstanceOf(StaleDecision);
    expect(server.writes).toEqual([]);
  });
});
