/**
 * Another receiver for hooks that are there: the jobs with the real adapters, stand-ins and a relay over sockets,
 * deliveries meanwhile. With names of hooks as from GitLab 17.1 on, and without, as before.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createHttp } from '../../../../../src/adapters/http.ts';
import { secretsFromEnvironment } from '../../../../../src/adapters/secrets.ts';
import type { HttpRequest } from '../../../../../src/contracts/http.ts';
import type { Job } from '../../../../../src/contracts/job.ts';
import { createGitLabSetupJob } from '../../../../../src/parts/gitlab/setup/gitlab-setup.ts';
import { parseRelayFile } from '../../../../../src/parts/relay/program/relay-file.ts';
import { createRocketChatSetupJob } from '../../../../../src/parts/rocketchat/setup/setup.ts';
import type { RelayRef } from '../../../../../src/stack/stack.ts';
import { Secret } from '../../../../../src/values/secret.ts';
import { startRelay } from '../../../../../src/wiring/start-relay.ts';
import { type Around, sends, startChatAndGitLab } from '../../../../builders/chat-and-gitlab.ts';
import { changeLines, MARK, run, setupSpec, wantedHook } from '../../../../builders/gitlab-jobs.ts';
import { known } from '../../../../builders/outlet.ts';
import { aSetup, SECRETS } from '../../../../builders/rocketchat.ts';
import { atEnd } from '../../../../helpers/at-end.ts';
import { until } from '../../../../helpers/relay.ts';
import { call } from '../../../../standins/gitlab/start-gitlab.ts';

const TARGET = { kind: 'service', endpoint: { service: 'rocketchat', port: 3000 } } as const;
const PREFIX = 'http://relay:9095/hooks/gitlab?channel=';
const RELAY: RelayRef = {
  kind: 'relay',
  target: { kind: 'service', endpoint: { service: 'relay', port: 9095 } },
  publicUrl: 'http://hooks.chatops.localhost:8080',
  ownWay: 'http://hooks.chatops.localhost:8080',
  name: `${MARK} relay`,
  madeBy: 'relay',
  secret: 'CHATOPS_HOOK_SECRET',
};
const WEBHOOK = {
  ...setupSpec().receiver,
  kind: undefined as never,
  target: TARGET,
  admin: { username: 'chief', password: 'ADMIN_PASSWORD' },
};
const HOOKS = [wantedHook({ events: ['push'] })];
const TOKENS = HOOKS.map(({ source, room }) => ({ source, room }));
const BY = {
  webhook: setupSpec({ hooks: HOOKS, receiver: WEBHOOK, formerPrefix: PREFIX }),
  relay: setupSpec({ hooks: HOOKS, receiver: RELAY, former: WEBHOOK, allowList: ['relay:9095'] }),
} as const;
const MOVED = 'update hook project ops/app → #ci';
const RETIRED = `update webhook ${MARK} gitlab`;

const wire = async (version: string) => {
  const { chat, gitlab, secrets, places, portsWith, commit, pushesIn } = await startChatAndGitLab(version);
  let around = sends;
  const ports = portsWith((request, send) => around(request, send));
  const webhook = {
    name: WEBHOOK.name,
    room: 'ci',
    locale: 'en',
    secret: 'CHATOPS_HOOK_SECRET',
    hooks: HOOKS,
  } as const;
  const { webhook: _, ...withoutWebhook } = aSetup({ mark: MARK, target: TARGET });

  /** Whether its container is there, and with which secret, is decided outside of the jobs. */
  const stateDir = mkdtempSync(join(tmpdir(), 'chatops-relay-'));
  let stopRelay: () => Promise<void> = async () => undefined;
  const relayUp = async (): Promise<void> => {
    await stopRelay();
    const stopping = new AbortController();
    const settings = { to: 'rocketchat', url: chat.url, username: 'hubot', channels: { ci: 'ci' }, hooks: TOKENS };
    const values = {
      CHATOPS_HOOK_SECRET: secrets.get('CHATOPS_HOOK_SECRET') ?? '',
      ROCKETCHAT_PASSWORD: SECRETS.BOT_PASSWORD ?? '',
    };
    const { port, ended } = await startRelay({
      file: parseRelayFile(JSON.stringify(settings), 'relay.json'),
      secrets: secretsFromEnvironment(values, (value) => new Secret(value)),
      http: createHttp(),
      stateDir,
      port: 0,
      host: '127.0.0.1',
      say: () => undefined,
      clean: known().clean,
      signal: stopping.signal,
    });
    places.relay = port;
    gitlab.names['relay:9095'] = port;
    stopRelay = () => {
      stopping.abort(new Error('stopped'));
      return ended;
    };
  };
  atEnd(() => stopRelay());

  const shown = (): Promise<number> => pushesIn('ci');
  const hooks = async (): Promise<readonly { readonly url: string }[]> => {
    const { body } = await call(gitlab, 'GET', '/projects/ops%2Fapp/hooks');
    return body as unknown as readonly { readonly url: string }[];
  };
  return {
    secrets,
    shown,
    hooks,
    /** As `up` does: what a receiver needs is there before hooks are moved, and goes away after. */
    up: async (by: keyof typeof BY, meanwhile: Around = sends): Promise<readonly string[]> => {
      around = meanwhile;
      const chatSpec = by === 'webhook' ? { ...withoutWebhook, webhook } : withoutWebhook;
      const first = await run(createRocketChatSetupJob(chatSpec, ports) as Job);
      if (by === 'relay') await relayUp();
      const second = await run(createGitLabSetupJob(BY[by], ports) as Job);
      if (by === 'webhook') await stopRelay();
      return [...changeLines(first), ...changeLines(second)];
    },
    /** Resolves when the room shows it. */
    push: async (): Promise<void> => {
      const { pushes, status } = await commit();
      expect(status).toBe(201);
      await until(async () => (await shown()) >= pushes);
    },
  };
};

const isWrite = ({ method, url }: HttpRequest): boolean =>
  method !== 'GET' && !url.endsWith('/login') && !url.includes('/hooks/gitlab');

/** Pushes before and after every write. */
const pushing = (push: () => Promise<void>) => {
  let pushes = 0;
  const around: Around = async (request, send) => {
    if (!isWrite(request)) return send();
    await push();
    const answer = await send();
    await push();
    pushes += 2;
    return answer;
  };
  return { around, pushes: () => pushes };
};

describe.each([
  ['with names', '19.3.0'],
  ['without names, below 17.1', '16.0.0'],
])('hooks %s', (_what, version) => {
  it('are moved from the webhook to a relay, and the webhook takes nothing any more', async () => {
    const stack = await wire(version);
    await stack.up('webhook');
    await stack.push();
    expect(await stack.up('relay')).toEqual([expect.stringContaining('whitelist'), MOVED, RETIRED]);
    expect(await stack.hooks()).toEqual([expect.objectContaining({ url: `${PREFIX}ci` })]);
    await stack.push();
    expect(await stack.shown()).toBe(2);
    expect(await stack.up('relay')).toEqual([]);
  });

  it('are moved back, the same ones, and none is left that sends to the relay', async () => {
    const stack = await wire(version);
    await stack.up('relay');
    await stack.push();
    const changes = await stack.up('webhook');
    expect(changes).toContain(MOVED);
    expect(await stack.hooks()).toEqual([expect.objectContaining({ url: expect.stringContaining('rocketchat:3000') })]);
    await stack.push();
    expect(await stack.shown()).toBe(2);
    expect(await stack.up('webhook')).toEqual([]);
  });

  it('lose no delivery on their way there and back: pushes before and after every write arrive once', async () => {
    const stack = await wire(version);
    await stack.up('webhook');
    const meanwhile = pushing(stack.push);
    await stack.up('relay', meanwhile.around);
    await stack.up('webhook', meanwhile.around);
    expect(meanwhile.pushes()).toBeGreaterThan(6);
    expect(await stack.shown()).toBe(meanwhile.pushes());
  });

  it('are given a new secret by a relay that takes both until all have it, and no delivery is refused', async () => {
    const stack = await wire(version);
    await stack.up('relay');
    stack.secrets.set('CHATOPS_HOOK_SECRET', 'second-secret');
    const meanwhile = pushing(stack.push);
    const changes = await stack.up('relay', meanwhile.around);
    expect(changes).toEqual([MOVED, `update webhook ${RELAY.name}`]);
    expect(meanwhile.pushes()).toBe(4);
    expect(await stack.shown()).toBe(meanwhile.pushes());
    expect(await stack.up('relay')).toEqual([]);
  });
});
