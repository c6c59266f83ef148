/** The relay as a receiver, asked over a real socket. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttp } from '../../../../src/adapters/http.ts';
import { secretsFromEnvironment } from '../../../../src/adapters/secrets.ts';
import type { Receiver } from '../../../../src/contracts/receiver.ts';
import { createRelayReceiver } from '../../../../src/parts/relay/receiver.ts';
import type { RelayRef } from '../../../../src/stack/stack.ts';
import { Secret } from '../../../../src/values/secret.ts';
import { sha256Hex } from '../../../../src/values/sha256.ts';
import { type Scripted, type ScriptedHttp, startScriptedHttp } from '../../../fakes/scripted-http.ts';

const SECRET = 'a-secret-of-hooks';
const REF: RelayRef = {
  kind: 'relay',
  target: { kind: 'service', endpoint: { service: 'relay', port: 9095 } },
  publicUrl: 'http://hooks.example.org',
  ownWay: 'http://hooks.example.org',
  name: 'chatops-up:demo relay',
  madeBy: 'relay',
  secret: 'CHATOPS_HOOK_SECRET',
};
const signal = new AbortController().signal;

describe('a relay as a receiver', () => {
  let relay: ScriptedHttp;
  let answer: Scripted;
  let receiver: Receiver;
  let ports: Parameters<typeof createRelayReceiver>[2];

  beforeEach(async () => {
    answer = { body: { former: 0 } };
    relay = await startScriptedHttp(() => answer);
    const [host = '', port = ''] = relay.base.replace('http://', '').split(':');
    ports = {
      http: createHttp(),
      addresses: { resolve: () => ({ host, port: Number(port) }) },
      secrets: secretsFromEnvironment({ CHATOPS_HOOK_SECRET: SECRET }, (value) => new Secret(value)),
    };
    receiver = createRelayReceiver(REF, {}, ports);
  });
  afterEach(() => relay.close());

  it('is asked with the secret that the stack knows, and at no address that holds it', async () => {
    await receiver.address(signal);
    expect(relay.calls()).toEqual(['GET /hooks/secrets']);
    expect(relay.asked[0]?.headers['x-gitlab-token']).toBe(SECRET);
  });

  it('has an address for each room, and knows the room of each of its addresses', async () => {
    const address = await receiver.address(signal);
    const url = address?.url('a room');
    expect(url?.reveal()).toBe('http://relay:9095/hooks/gitlab?channel=a%20room');
    expect(url && address?.roomOf(url)).toBe('a room');
    expect(address?.roomOf(new Secret('http://rocketchat:3000/hooks/a/b?channel=ci'))).toBeUndefined();
  });

  it('has other addresses where it is reached elsewhere, as the deliveries that we play do', async () => {
    const target = { kind: 'url', url: 'http://hooks.example.org' } as const;
    const elsewhere = createRelayReceiver({ ...REF, target }, { readAt: REF.target }, ports);
    const url = (await elsewhere.address(signal))?.url('ci');
    expect(url?.reveal()).toBe('http://hooks.example.org/hooks/gitlab?channel=ci');
  });

  it('takes the current secret, and one more for each former one', async () => {
    answer = { body: { former: 2 } };
    expect((await receiver.address(signal))?.takes).toEqual([sha256Hex(SECRET), 'former 1', 'former 2']);
  });

  it('that is not there yet has its address all the same, takes the secret of the stack, and is not asked', async () => {
    const address = await createRelayReceiver({ ...REF, isNew: true }, {}, ports).address(signal);
    expect(address).toMatchObject({ id: REF.name, takes: [sha256Hex(SECRET)], broken: undefined });
    expect(relay.calls()).toEqual([]);
  });

  it('that does not take the secret of the stack is broken, and says which variable holds it', async () => {
    answer = { status: 401, body: { error: 'wrong-gitlab-token' } };
    const address = await receiver.address(signal);
    expect(address).toMatchObject({ takes: [], broken: expect.stringContaining('CHATOPS_HOOK_SECRET') });
  });

  it.each<[string, Scripted]>([
    ['a page', { body: '<html>' }],
    ['no number', { body: { former: 'many' } }],
    ['a number below zero', { body: { former: -1 } }],
    ['a failure', { status: 500, body: { former: 0 } }],
  ])('that answers with %s is no relay', async (_what, scripted) => {
    answer = scripted;
    await expect(receiver.address(signal)).rejects.toMatchObject({ code: 'UNEXPECTED_ANSWER' });
  });

  it('is asked to forget former secrets', async () => {
    await receiver.forgetSecrets(signal);
    expect(relay.calls()).toEqual(['DELETE /hooks/secrets']);
  });

  it('that does not take our secret any more has changed since it was decided on', async () => {
    answer = { status: 401, body: { error: 'wrong-gitlab-token' } };
    await expect(receiver.forgetSecrets(signal)).rejects.toThrow('does not take the secret in .env');
  });

  it('that could not forget is an error', async () => {
    answer = { status: 503, body: {} };
    await expect(receiver.forgetSecrets(signal)).rejects.toMatchObject({ code: 'UNEXPECTED_ANSWER' });
  });

  it('is asked nothing when it is retired: it is no service of the stack by then', async () => {
    await receiver.retire(signal);
    expect(relay.calls()).toEqual([]);
  });
});
