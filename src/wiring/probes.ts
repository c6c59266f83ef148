/** The visible table of probes: what a gate asks (data) → who asks it. A new probe is a file and a line here. */
import type { Ports } from '../contracts/ports.ts';
import type { Probe } from '../contracts/probe.ts';
import { createBotProbe } from '../parts/bot/probes/bot.ts';
import { createNginxVhostProbe } from '../parts/front-door/probes/nginx-vhost.ts';
import { createGitLabProbe } from '../parts/gitlab/probes/gitlab.ts';
import { createRunnerProbe } from '../parts/gitlab-runner/probes/runner.ts';
import { createMongoProbe } from '../parts/mongodb/probes/mongo.ts';
import { createReplicaSetProbe } from '../parts/mongodb/probes/replica-set.ts';
import { createRocketChatProbe } from '../parts/rocketchat/probes/rocketchat.ts';
import { createRocketChatLoginProbe } from '../parts/rocketchat/probes/rocketchat-login.ts';
import { createRocketChatRoomProbe } from '../parts/rocketchat/probes/rocketchat-room.ts';
import { createWebhookProbe } from '../parts/rocketchat/probes/webhook.ts';
import { createAllOfProbe } from '../probes/all-of.ts';
import { createHttpProbe } from '../probes/http.ts';
import { createTcpProbe } from '../probes/tcp.ts';
import { createConversationProbe } from '../proofs/conversation/probe.ts';
import type { ProbeKind, ProbeSpec } from '../stack/stack.ts';

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
