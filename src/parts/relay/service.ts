import type { Config } from '../../config/config.ts';
import { HOOK_SECRET } from '../../contracts/hook-secret.ts';
import type { HttpSpec } from '../../probes/http.ts';
import type { Call, ChatOffer, ForgeOffer, ServiceNode } from '../../stack/stack.ts';
import { RELAY, RELAY_SETTINGS } from './place.ts';
import { relaySettings } from './settings.ts';

const chatCalls = ({ target }: ChatOffer): readonly Call[] =>
  target.kind === 'service' ? [{ to: target.endpoint, because: 'it posts what is delivered' }] : [];

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
export const relay = (config: Config, chat: ChatOffer, forge: ForgeOffer): ServiceNode => ({
  kind: 'service',
  name: RELAY.service,
  role: 'relay',
  gates: [{ node: chat.setUpBy, until: 'done' }],
  alive: asked('/hooks/alive'),
  ready: asked('/hooks/alive'),
  usable: asked('/health'),
  readyWithinMs: 120_000,
  calls: chatCalls(chat),
  // Its largest deliveries wait for each other: see docs/relay.md.
  needs: { memoryGib: 0.5, imageGib: 0.1 },
  container: {
    image: config.images.tools,
    command: ['relay'],
    environment: {
      [RELAY_SETTINGS]: relaySettings(config, chat, forge),
      CHATOPS_HOOK_SECRET: { secret: HOOK_SECRET },
      [chat.speaks === undefined ? 'ROCKETCHAT_PASSWORD' : 'CHATOPS_RELAY_PASSWORD']: { secret: chat.bot.password },
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
