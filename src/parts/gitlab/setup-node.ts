import type { Config } from '../../config/config.ts';
import { sectionOf } from '../../config/section.ts';
import { type AnnounceConfig, FORGE } from '../../contracts/sections/forge.ts';
import { markOf } from '../../stack/names.ts';
import type { Gate, HookSpec, HttpTarget, JobNode, Offers, ReceiverRef } from '../../stack/stack.ts';
import { bundlesChat, bundlesForge, wantedRunner } from '../../stack/variation.ts';
import { withoutReceiver } from '../../stack/without-receiver.ts';
import { isThere } from './is-there.ts';
import { GITLAB_TOKEN } from './secret-names.ts';
import type { GitLabSetupSpec } from './setup/spec.ts';
import { GITLAB_ENDPOINT, gitlabTarget } from './target.ts';

/** Name of the job. */
export const SETUP = 'gitlab-setup';

/** `host:port` as GitLab's outbound rules want it; a listed name is not even looked up, so it may come up later. */
const hostAndPort = (target: HttpTarget): string => {
  if (target.kind === 'service') return `${target.endpoint.service}:${target.endpoint.port}`;
  const { hostname, port, protocol } = new URL(target.url);
  return `${hostname}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`;
};

/** Projects that are announced or that the runner is for. An existing GitLab's projects are its owner's. */
const projects = (config: Config): readonly string[] => {
  if (!bundlesForge(config)) return [];
  const places = [...sectionOf(config, FORGE).announce.map(({ source }) => source), wantedRunner(config)?.scope];
  return [...new Set(places.flatMap((place) => (place?.kind === 'project' ? [place.path] : [])))];
};

/** A runner that takes no untagged jobs would leave the first pipeline waiting for ever. */
const jobTags = (config: Config): Pick<GitLabSetupSpec, 'jobTags'> => {
  const runner = wantedRunner(config);
  return runner === undefined || runner.runUntagged ? {} : { jobTags: runner.tags };
};

export const hookSpec = ({ source, room, events }: AnnounceConfig, index: number): HookSpec => ({
  source,
  room,
  events,
  place: `gitlab.announce[${index}]`,
});

/**
 * Hooks carry the address of the webhook, which is read from the chat. An existing GitLab reaches our chat through the
 * front door only, so that must stand before a hook is tried.
 */
const gates = (config: Config, receiver: ReceiverRef): readonly Gate[] => [
  ...(bundlesForge(config) ? [{ node: GITLAB_ENDPOINT.service, until: 'usable' } as const] : []),
  ...(isThere(config, receiver)
    ? [{ node: receiver.madeBy, until: receiver.kind === 'relay' ? 'usable' : 'done' } as const]
    : []),
  ...((bundlesChat(config) || receiver.kind === 'relay') && !bundlesForge(config)
    ? [{ node: 'nginx', until: 'usable' } as const]
    : []),
];

/** What hooks may have been sent to before: of chat and relay the one that is not the receiver. */
const former = (
  config: Config,
  { chat, relay }: Offers,
  receiver: ReceiverRef,
): Pick<GitLabSetupSpec, 'former' | 'formerPrefix'> => {
  const isRelay = receiver.kind === 'relay' && isThere(config, receiver);
  if (isRelay) return chat?.webhook ? { former: chat.webhook } : {};
  return relay ? { formerPrefix: relay.hookPrefix } : {};
};

const setupSpec = (config: Config, offers: Offers, receiver: ReceiverRef): GitLabSetupSpec => ({
  job: 'gitlab-setup',
  mark: markOf(config),
  target: gitlabTarget(config),
  token: GITLAB_TOKEN,
  external: !bundlesForge(config),
  allowList: bundlesForge(config) && isThere(config, receiver) ? [hostAndPort(receiver.target)] : [],
  projects: projects(config),
  ...jobTags(config),
  hooks: sectionOf(config, FORGE).announce.map(hookSpec),
  receiver,
  ...former(config, offers, receiver),
});

export const gitlabSetup = (config: Config, offers: Offers, receiver: ReceiverRef): JobNode => {
  const job = setupSpec(config, offers, receiver);
  const without = isThere(config, receiver) ? withoutReceiver(job) : {};
  return { kind: 'job', name: SETUP, gates: gates(config, receiver), job, ...without, withinMs: 300_000 };
};
