/** The visible table of probes: what a gate asks (data) → who asks it. A new probe is a file and a line here. */
import type { Ports } from '../ports/ports.ts';
import type { ProbeKind, ProbeSpec } from '../stack/stack.ts';
import { createAllOfProbe } from './all-of.ts';
import { createBotProbe } from './bot.ts';
import { createConversationProbe } from './conversation.ts';
import { createGitLabProbe } from './gitlab.ts';
import { createHttpProbe } from './http.ts';
import { createMongoProbe } from './mongo.ts';
import { createNginxVhostProbe } from './nginx-vhost.ts';
import type { Probe } from './probe.ts';
import { createReplicaSetProbe } from './replica-set.ts';
import { createRocketChatProbe } from './rocketchat.ts';
import { createRocketChatLoginProbe } from './rocketchat-login.ts';
import { createRocketChatRoomProbe } from './rocketchat-room.ts';
import { createRunnerProbe } from './runner.ts';
import { createTcpProbe } from './tcp.ts';
import { createWebhookProbe } from './webhook.ts';

type SpecOf<K extends ProbeKind> = Extract<ProbeSpec, { what: K }>;
type ProbeTable = { readonly [K in ProbeKind]: (spec: SpecOf<K>, ports: Ports) => Probe };

export const PROBES: ProbeTable = {
  tcp: createTcpProbe,
  http: createHttpProbe,
  mongo: createMongoProbe,
  'replica-set': createReplicaSetProbe,
  rocketchat: createRocketChatProbe,
  'rocketchat-login': createRocketChatLoginProbe,
  'rocketchat-room': createRocketChatRoomProbe,
  bot: createBotProbe,
  gitlab: createGitLabProbe,
  runner: createRunnerProbe,
  webhook: createWebhookProbe,
  conversation: createConversationProbe,
  'nginx-vhost': createNginxVhostProbe,
  'all-of': ({ probes }, ports) => createAllOfProbe(probes.map((spec) => createProbe(spec, ports))),
};

export const createProbe = (spec: ProbeSpec, ports: Ports): Probe => {
  // The key decides the parameter's type, which the compiler cannot follow through an index.
  const create = PROBES[spec.what] as (spec: ProbeSpec, ports: Ports) => Probe;
  return create(spec, ports);
};
