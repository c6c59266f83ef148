import type { ProbeKind } from '../../contracts/probe-kind.ts';
import { rocketchatAliveKind } from './probes/rocketchat-alive-kind.ts';
import { rocketchatKind } from './probes/rocketchat-kind.ts';
import { rocketchatLoginKind } from './probes/rocketchat-login-kind.ts';
import { rocketchatReadyKind } from './probes/rocketchat-ready-kind.ts';
import { rocketchatRoomKind } from './probes/rocketchat-room-kind.ts';
import { webhookKind } from './probes/webhook-kind.ts';

/** In the order in which help shows them. */
export const rocketchatProbes: readonly ProbeKind[] = [
  rocketchatKind,
  rocketchatAliveKind,
  rocketchatReadyKind,
  rocketchatLoginKind,
  rocketchatRoomKind,
  webhookKind,
];
