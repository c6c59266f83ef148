/** All kinds of probes: those that ask any server, and those of the parts, in the order in which help shows them. */
import type { Part } from '../contracts/part.ts';
import type { ProbeKind } from '../contracts/probe-kind.ts';
import { type ProbeKinds, probeKinds } from '../contracts/probe-kinds.ts';
import { botKind } from '../parts/bot/probes/bot-kind.ts';
import { nginxVhostKind } from '../parts/front-door/probes/nginx-vhost-kind.ts';
import { gitlabAliveKind } from '../parts/gitlab/probes/gitlab-alive-kind.ts';
import { gitlabKind } from '../parts/gitlab/probes/gitlab-kind.ts';
import { gitlabReadyKind } from '../parts/gitlab/probes/gitlab-ready-kind.ts';
import { runnerKind } from '../parts/gitlab-runner/probes/runner-kind.ts';
import { mattermostProbes } from '../parts/mattermost/probes.ts';
import { mongodbProbes } from '../parts/mongodb/probes.ts';
import { postgresProbes } from '../parts/postgres/probes.ts';
import { rocketchatProbes } from '../parts/rocketchat/probes.ts';
import { allOfKind } from '../probes/all-of-kind.ts';
import { httpKind } from '../probes/http-kind.ts';
import { tcpKind } from '../probes/tcp-kind.ts';
import { conversationKind } from '../proofs/conversation/probe-kind.ts';

const ofAnyServer: readonly ProbeKind[] = [tcpKind, httpKind, allOfKind];

export const probeKindsOf = (parts: readonly Part[]): ProbeKinds =>
  probeKinds([...ofAnyServer, ...parts.flatMap(({ probes = [] }) => probes)]);

/**
 * Those of our own parts. Named one by one: a HEALTHCHECK that asks one question every few seconds should not load what
 * else the parts bring, such as the schemas of their sections.
 */
export const PROBE_KINDS: ProbeKinds = probeKinds([
  ...ofAnyServer,
  ...mongodbProbes,
  ...postgresProbes,
  ...rocketchatProbes,
  ...mattermostProbes,
  botKind,
  gitlabKind,
  gitlabAliveKind,
  gitlabReadyKind,
  runnerKind,
  nginxVhostKind,
  conversationKind,
]);
