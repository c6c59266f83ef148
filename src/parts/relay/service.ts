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

/** It posts as the bot into the announced rooms, so these are made first. Ready: it takes deliveries, and may post them. */
export const relay = (config: Config): ServiceNode => ({
  kind: 'service',
  name: RELAY.service,
  role: 'relay',
  gates: [{ node: 'rocketchat-setup', until: 'done' }],
  usable: {
    what: 'http',
    target: { kind: 'service', endpoint: RELAY },
    path: '/health',
    status: 200,
  } satisfies HttpSpec,
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
