import { baseUrl } from '../../../contracts/addresses.ts';
import type { HookSource } from '../../../contracts/hook-places.ts';
import type { Job } from '../../../contracts/job.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { Secret } from '../../../values/secret.ts';
import { GITLAB, type GitLabClient } from '../gitlab.ts';
import { apply, type RunMemory } from './apply.ts';
import { decide } from './decide.ts';
import { type GitLabChange, type GitLabSeen, placeByPath, type SeenPlace } from './model.ts';
import { observe, uniqueSources } from './observe.ts';
import type { GitLabSetupSpec } from './spec.ts';

const blankPlace = (spec: GitLabSetupSpec, source: HookSource): SeenPlace => {
  const place = placeByPath(source);
  // Nothing is known of an existing GitLab that was not asked; its places are taken to be there.
  if (spec.external || source.kind !== 'group') return { source, place, state: { kind: 'new' } };
  return { source, place, state: { kind: 'missing' } };
};

const blank = (spec: GitLabSetupSpec): GitLabSeen => ({
  version: '',
  allowList: spec.external ? undefined : [],
  groups: [],
  projects: [],
  ciFiles: new Map(),
  receiver: undefined,
  former: undefined,
  secret: new Secret(''),
  places: uniqueSources(spec.hooks.map(({ source }) => source)).map((source) => blankPlace(spec, source)),
  refused: new Map(),
  fixing: new Map(),
  failing: new Map(),
  rotates: false,
  saved: new Set(),
  undelivered: [],
  sentAgain: new Map(),
});

const whyAdministrator = (spec: GitLabSetupSpec): string | undefined => {
  if (!spec.external) return 'instance settings, groups and projects are an administrator’s';
  const instance = spec.hooks.find(({ source }) => source.kind === 'instance');
  return instance && `${instance.place} wants a hook for the whole instance`;
};

/**
 * A delivery that began before its hook was changed carries the former secret. GitLab gives one up after 10 s
 * (gl:config/gitlab.yml.example, webhook_timeout).
 */
export const UNDER_WAY_MS = 10_000;

/** The end of a change of the hooks' secret. @throws StaleDecision when the receiver does not take that of `.env` */
const forgetSecrets = async (
  { receiver }: GitLabSetupSpec,
  { clock, receiver: receiverOf }: Ports,
  signal: AbortSignal,
): Promise<void> => {
  await clock.sleep(UNDER_WAY_MS, signal);
  await receiverOf(receiver).forgetSecrets(signal);
};

/** What was on its way to it has arrived by then. */
const retire = async ({ former }: GitLabSetupSpec, { clock, receiver }: Ports, signal: AbortSignal): Promise<void> => {
  if (former === undefined) return;
  await clock.sleep(UNDER_WAY_MS, signal);
  await receiver(former).retire(signal);
};

/** Token, outbound allow-list, projects, hooks. Of an existing GitLab only the hooks, and nothing else is asked of it. */
export const createGitLabSetupJob = (spec: GitLabSetupSpec, ports: Ports): Job<GitLabSeen, GitLabChange> => {
  const memory: RunMemory = {
    refused: new Map(),
    fixing: new Map(),
    saved: new Set(),
    sentAgain: new Map(),
    refusedSince: undefined,
  };
  let tokenChecked = false;
  let knowsAddress = false;
  let client: GitLabClient | undefined;
  const connect = (): GitLabClient => {
    client ??= ports.client(GITLAB).connect({
      url: baseUrl(ports.addresses, spec.target),
      token: ports.secrets.read(spec.token),
    });
    return client;
  };
  return {
    id: spec.job,
    blank: () => blank(spec),
    observe: async (signal) => {
      if (!tokenChecked) {
        const needs = { scopes: [['api']], administrator: whyAdministrator(spec), variable: spec.token };
        await connect().requireRights(needs, signal);
        tokenChecked = true;
      }
      const seen = await observe(spec, ports, connect(), memory, signal);
      knowsAddress = seen.receiver !== undefined;
      return seen;
    },
    decide: (seen) => decide(spec, seen),
    apply: (change, signal) =>
      change.what === 'forget-secrets'
        ? forgetSecrets(spec, ports, signal)
        : change.what === 'retire'
          ? retire(spec, ports, signal)
          : apply(
              change,
              {
                client: connect(),
                clock: ports.clock,
                memory,
                remember: ports.hookPlaces.add,
                receiver: spec.receiver,
                listed: spec.allowList.length > 0,
                knowsAddress: () => knowsAddress,
              },
              signal,
            ),
  };
};
