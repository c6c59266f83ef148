import { describe, expect, it } from 'vitest';
import { sectionOf } from '../../../../src/config/section.ts';
import { CHAT } from '../../../../src/contracts/sections/chat.ts';
import { NOTIFIER } from '../../../../src/contracts/sections/notifier.ts';
import { relayTakesNoRoutes } from '../../../../src/parts/gitlab/rules/relay-takes-no-routes.ts';
import { RELAY_SETTINGS } from '../../../../src/parts/relay/place.ts';
import { parseRelayFile } from '../../../../src/parts/relay/program/relay-file.ts';
import { receiverOf } from '../../../../src/stack/offers.ts';
import { aConfig, aConfigWithExternalGitLab } from '../../../builders/config.ts';
import { gateText, jobNamed, serviceNamed, stackOf } from '../../../builders/stack.ts';

const withRelay = (config: ReturnType<typeof aConfig>) => ({
  ...config,
  sections: { ...config.sections, [CHAT.key]: { ...sectionOf(config, CHAT), receiver: 'relay' } },
});
const RELAY = { service: 'relay', port: 9095 };

describe('a stack with a relay', () => {
  const stack = stackOf(withRelay(aConfig()));

  it('starts it when the chat is set up, and points hooks to it when it is usable', () => {
    expect(gateText(stack)).toContain('relay (service) ← rocketchat-setup done\n');
    expect(gateText(stack)).toContain('gitlab-setup (job) ← gitlab usable, relay usable\n');
  });

  it('asks it alone whether it is alive and takes deliveries, and for the chat only whether it is usable', () => {
    const { alive, ready, usable } = serviceNamed(stack, 'relay');
    expect(alive).toMatchObject({ what: 'http', path: '/hooks/alive', status: 200 });
    expect(ready).toEqual(alive);
    expect(usable).toMatchObject({ what: 'http', path: '/health', status: 200 });
  });

  it('lets its GitLab call the relay by name, and retires the webhook of the chat', () => {
    const { job } = jobNamed(stack, 'gitlab-setup');
    expect(job.receiver).toMatchObject({ kind: 'relay', target: { kind: 'service', endpoint: RELAY } });
    expect(job.allowList).toEqual(['relay:9095']);
    expect(job.former).toMatchObject({ name: 'chatops-up:chatops gitlab', madeBy: 'rocketchat-setup' });
    expect(serviceNamed(stack, 'gitlab').calls).toEqual([{ to: RELAY, because: 'its hooks call the relay' }]);
  });

  it.each(['gitlab-setup', 'announcement'] as const)(
    'is looked at by %s before there is one: its address is known',
    (name) => {
      const { job, without } = jobNamed(stack, name);
      expect(without).toEqual({ relay: { ...job, receiver: { ...job.receiver, isNew: true } } });
    },
  );

  it('makes no webhook in the chat', () => {
    expect(jobNamed(stack, 'rocketchat-setup').job).not.toHaveProperty('webhook');
  });

  it('hands the relay settings that it understands, and no secret in them', () => {
    const { environment } = serviceNamed(stack, 'relay').container;
    const text = environment[RELAY_SETTINGS];
    if (typeof text !== 'string') throw new Error('no settings');
    expect(parseRelayFile(text, 'settings')).toMatchObject({
      to: 'rocketchat',
      url: 'http://rocketchat:3000',
      username: 'hubot',
    });
    expect(environment.CHATOPS_HOOK_SECRET).toEqual({ secret: 'CHATOPS_HOOK_SECRET' });
  });

  it('passes deliveries on at a host of its own, which no page shows', () => {
    const host = stack.hosts.find(({ label }) => label === 'hooks');
    expect(host).toMatchObject({ name: 'hooks.chatops.localhost', content: { kind: 'proxy', upstream: RELAY } });
    expect(stack.addresses.map(({ label }) => label)).not.toContain('hooks');
  });

  it.each([
    ['/hooks/gitlab', false],
    ['/hooks/alive', false],
    ['/health', true],
    ['/', true],
    ['/hooksx', true],
  ])('has %s closed outside the stack: %s', (path, closed) => {
    const content = stack.hosts.find(({ label }) => label === 'hooks')?.content;
    const pattern = content?.kind === 'proxy' ? content.closedPaths : undefined;
    expect(new RegExp(pattern ?? 'none').test(path)).toBe(closed);
  });

  it('is asked at that host by what plays deliveries', () => {
    expect(receiverOf(stack)).toMatchObject({
      receiverUrl: 'http://hooks.chatops.localhost:8080',
      publicUrl: 'http://chat.chatops.localhost:8080',
    });
  });
});

describe('a relay beside an existing GitLab', () => {
  it('is called at its public host, when the front door is there', () => {
    const stack = stackOf(withRelay(aConfigWithExternalGitLab('https://git.example.org')));
    expect(jobNamed(stack, 'gitlab-setup').job.receiver.target).toEqual({
      kind: 'url',
      url: 'http://hooks.chatops.localhost:8080',
    });
    expect(gateText(stack)).toContain('gitlab-setup (job) ← relay usable, nginx usable');
  });
});

describe('routes', () => {
  const route = { source: { kind: 'project' as const, path: 'ops/app' }, room: 'ci' };
  const problems = (config: ReturnType<typeof aConfig>) =>
    relayTakesNoRoutes.check({
      config: {
        ...config,
        sections: { ...config.sections, [NOTIFIER.key]: { ...sectionOf(config, NOTIFIER), routes: [route] } },
      },
      written: {},
    });

  it('are refused with a relay, which takes deliveries for announced rooms only', () => {
    expect(problems(withRelay(aConfig()))).toEqual([expect.objectContaining({ path: ['notifier', 'routes'] })]);
  });

  it('are fine with the webhook', () => {
    expect(problems(aConfig())).toEqual([]);
  });
});
