import type { Config } from '../../config/config.ts';
import { GITLAB_TOKEN } from '../../config/secret-names.ts';
import { sectionOf } from '../../config/section.ts';
import { type AnnounceConfig, FORGE } from '../../contracts/sections/forge.ts';
import { markOf } from '../../stack/names.ts';
import type { Gate, HookSpec, HttpTarget, JobNode } from '../../stack/stack.ts';
import { gitlabTarget, receiverRef, relayHookPrefix, relayTarget, webhookRef } from '../../stack/targets.ts';
import { bundlesChat, bundlesGitLab, usesRelay, wantedRunner } from '../../stack/variation.ts';
import { withoutReceiver } from '../../stack/without-receiver.ts';
import type { GitLabSetupSpec } from './setup/spec.ts';

/** `host:port` as GitLab's outbound rules want it; a listed name is not even looked up, so it may come up later. */
const hostAndPort = (target: HttpTarget): string => {
  if (target.kind === 'service') return `${target.endpoint.service}:${target.endpoint.port}`;
  const { hostname, port, protocol } = new URL(target.url);
  return `${hostname}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`;
};

/** Projects that are announced or that the runner is for. An existing GitLab's projects are its owner's. */
const projects = (config: Config): readonly string[] => {
  if (!bundlesGitLab(config)) return [];
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
const gates = (config: Config): readonly Gate[] => [
  ...(bundlesGitLab(config) ? [{ node: 'gitlab', until: 'usable' } as const] : []),
  { node: receiverRef(config).madeBy, until: usesRelay(config) ? 'usable' : 'done' },
  ...((bundlesChat(config) || usesRelay(config)) && !bundlesGitLab(config)
    ? [{ node: 'nginx', until: 'usable' } as const]
    : []),
];

const setupSpec = (config: Config): GitLabSetupSpec => {
  const receiver = receiverRef(config);
  return {
    job: 'gitlab-setup',
    mark: markOf(config),
    target: gitlabTarget(config),
    token: GITLAB_TOKEN,
    external: !bundlesGitLab(config),
    allowList: bundlesGitLab(config) ? [hostAndPort(receiver.target)] : [],
    projects: projects(config),
    ...jobTags(config),
    hooks: sectionOf(config, FORGE).announce.map(hookSpec),
    receiver,
    ...(usesRelay(config) ? { former: webhookRef(config) } : { formerPrefix: relayHookPrefix(relayTarget(config)) }),
  };
};

export const gitlabSetup = (config: Config): JobNode => {
  const job = setupSpec(config);
  return { kind: 'job', name: 'gitlab-setup', gates: gates(config), job, ...withoutReceiver(job), withinMs: 300_000 };
};
