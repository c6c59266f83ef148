/** The visible table of probe kinds. A new one is a file that describes it, a file that asks, and a line here. */
import { probeKinds } from '../contracts/probe-kinds.ts';
import { botKind } from '../parts/bot/probes/bot-kind.ts';
import { nginxVhostKind } from '../parts/front-door/probes/nginx-vhost-kind.ts';
import { gitlabKind } from '../parts/gitlab/probes/gitlab-kind.ts';
import { runnerKind } from '../parts/gitlab-runner/probes/runner-kind.ts';
import { mongoKind } from '../parts/mongodb/probes/mongo-kind.ts';
import { replicaSetKind } from '../parts/mongodb/probes/replica-set-kind.ts';
import { rocketchatKind } from '../parts/rocketchat/probes/rocketchat-kind.ts';
import { rocketchatLoginKind } from '../parts/rocketchat/probes/rocketchat-login-kind.ts';
import { rocketchatRoomKind } from '../parts/rocketchat/probes/rocketchat-room-kind.ts';
import { webhookKind } from '../parts/rocketchat/probes/webhook-kind.ts';
import { allOfKind } from '../probes/all-of-kind.ts';
import { httpKind } from '../probes/http-kind.ts';
import { tcpKind } from '../probes/tcp-kind.ts';
import { conversationKind } from '../proofs/conversation/probe-kind.ts';

/** In the order in which help and documentation show them. */
export const PROBE_KINDS = probeKinds([
  tcpKind,
  httpKind,
  allOfKind,
  mongoKind,
  replicaSetKind,
  rocketchatKind,
  rocketchatLoginKind,
  rocketchatRoomKind,
  webhookKind,
  botKind,
  gitlabKind,
  runnerKind,
  nginxVhostKind,
  conversationKind,
]);
