import type { ProbeKind } from '../../contracts/probe-kind.ts';
import { mattermostAliveKind } from './probes/mattermost-alive-kind.ts';
import { mattermostChannelKind } from './probes/mattermost-channel-kind.ts';
import { mattermostHookKind } from './probes/mattermost-hook-kind.ts';
import { mattermostKind } from './probes/mattermost-kind.ts';
import { mattermostLoginKind } from './probes/mattermost-login-kind.ts';
import { mattermostReadyKind } from './probes/mattermost-ready-kind.ts';

/** In the order in which help shows them. */
export const mattermostProbes: readonly ProbeKind[] = [
  mattermostKind,
  mattermostAliveKind,
  mattermostReadyKind,
  mattermostLoginKind,
  mattermostChannelKind,
  mattermostHookKind,
];
