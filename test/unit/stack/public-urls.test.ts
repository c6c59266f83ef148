import { describe, expect, test } from 'vitest';
import { asUsersCome } from '../../../src/stack/as-users-come.ts';
import { receiverOf } from '../../../src/stack/offers.ts';
import { frontDoorUrl, ownWayUrl } from '../../../src/stack/public-urls.ts';
import { aConfig } from '../../builders/config.ts';
import { aStack, jobNamed, serviceNamed } from '../../builders/stack.ts';

const OUTER = { scheme: 'https', port: 443, proxies: ['10.0.0.7'] } as const;
const INSIDE = 'http://chat.chatops.internal:8080';
const PUBLIC = 'https://chat.example.org';
const behind = (overrides: Parameters<typeof aStack>[0] = {}) =>
  aStack({ domain: 'example.org', public: OUTER, ...overrides });

describe('public addresses', () => {
  test.each([
    [{ ...OUTER }, 'https://git.example.org'],
    [{ ...OUTER, port: 8443 }, 'https://git.example.org:8443'],
    [{ ...OUTER, scheme: 'http', port: 80 } as const, 'http://git.example.org'],
    [{ ...OUTER, scheme: 'http' } as const, 'http://git.example.org:443'],
  ])('are those of the proxy before the front door: %j', (outer, url) => {
    expect(frontDoorUrl(aConfig({ domain: 'example.org', public: outer }), 'git')).toBe(url);
  });

  test.each(['chat', 'git', 'www', 'hom'])('%s is shown as users type it', (label) => {
    expect(behind().publicUrls[label]).toBe(`https://${label}.example.org`);
  });

  test('are what the chat and the forge call themselves', () => {
    const stack = behind();
    expect(serviceNamed(stack, 'rocketchat').container.environment.ROOT_URL).toBe(PUBLIC);
    expect(serviceNamed(stack, 'gitlab').container.environment.GITLAB_OMNIBUS_CONFIG).toContain(
      "external_url 'https://git.example.org'",
    );
  });

  test('are no names of the front door between containers: they lead to the proxy', () => {
    const { aliases } = serviceNamed(behind(), 'nginx').container;
    expect(aliases).toEqual(expect.arrayContaining(['chat.chatops.internal']));
    expect(aliases).not.toContain('chat.example.org');
  });
});

describe('the own way of a stack', () => {
  test('is that of users where no proxy of others stands before it', () => {
    const config = aConfig({ domain: 'example.org' });
    expect(ownWayUrl(config, 'chat')).toBe(frontDoorUrl(config, 'chat'));
  });

  test('leads past the proxy, to the front door', () => {
    expect(behind().offers.chat).toMatchObject({
      publicUrl: PUBLIC,
      ownWay: INSIDE,
      usable: { target: { kind: 'url', url: INSIDE } },
    });
  });

  test('takes the networks that it takes without such a proxy', () => {
    expect(behind().networks).toEqual(aStack({ domain: 'example.org' }).networks);
  });

  test('is the way of proofs', () => {
    expect(jobNamed(behind(), 'conversation').job.publicUrl).toBe(INSIDE);
  });

  test('is that of users again for who stands outside', () => {
    const { chat, forge } = asUsersCome(behind()).offers;
    expect(chat).toMatchObject({ ownWay: PUBLIC, usable: { target: { kind: 'url', url: PUBLIC } } });
    expect(forge?.ownWay).toBe('https://git.example.org');
  });

  test('is not given to an existing forge, whose hooks come as users do', () => {
    const external = { kind: 'external', url: 'https://gitlab.example.com' } as const;
    expect(behind({ gitlab: external }).offers.receiver).toMatchObject({
      target: { kind: 'url', url: PUBLIC },
      readAt: { kind: 'url', url: INSIDE },
    });
  });

  test('is where deliveries are played', () => {
    const announce = [{ source: { kind: 'project', path: 'a/b' }, room: 'ops', events: ['push'] }] as never;
    expect(receiverOf(behind({ gitlab: { announce } }))).toMatchObject({ receiverUrl: INSIDE, publicUrl: INSIDE });
  });
});
