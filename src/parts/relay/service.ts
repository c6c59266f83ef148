import type { Config } from '../../config/config.ts';
import { BOT_PASSWORD, HOOK_SECRET } from '../../config/secret-names.ts';
import type { HttpSpec } from '../../probes/http.ts';
import { PORTS, RELAY_SETTINGS } from '../../stack/names.ts';
import type { Call, Endpoint, ServiceNode } from '../../stack/stack.ts';
import { chatTarget } from '../../stack/targets.ts';
import { relaySettings } from './settings.ts';

export const RELAY: Endpoint = { service: 'relay', port: PORTS.relay };

const chatCalls = (config: Config): readonly Call[] => {
  const target = chatTarget(config);
  return target.kind === 'service' ? [{ to: target.endpoint, because: 'it posts what is delivered' }] : [];
};

const asked = (path: string): HttpSpec => ({
  what: 'http',
  target: { kind: 'service', endpoint: RELAY },
  path,
  status: 200,
});

/**
 * It posts as the bot into the announced rooms, so these are made first. What it takes is on disk: it does so while the
 * chat is away, too, and is usable when it may also post.
 */
export const relay = (config: Config): ServiceNode => ({
  kind: 'service',
  name: RELAY.service,
  role: 'relay',
  gates: [{ node: 'rocketchat-setup', until: 'done' }],
  alive: asked('/hooks/alive'),
  ready: asked('/hooks/alive'),
  usable: asked('/health'),
  readyWithinMs: 120_000,
  calls: chatCalls(config),
  // Its largest deliveries wait for each other: see docs/relay.md.
  needs: { memoryGib: 0.5, imageGib: 0.1 },
  container: {
    image: config.images.tools,
    command: ['relay'],
    environment: {
      [RELAY_SETTINGS]: relaySettings(config),
      CHATOPS_HOOK_SECRET: { secret: HOOK_SECRET },
      ROCKETCHAT_PASSWORD: { secret: BOT_PASSWORD },
    },
    listens: [RELAY.port],
    publishes: {},
    // What was taken and is not posted yet.
    volumes: [{ source: 'relay', target: '/var/lib/chatops', readOnly: false }],
    aliases: [],
    init: true,
    trustsAuthority: true,
  },
});
