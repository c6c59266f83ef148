/** Reads what the decision needs: a fixed number of lists, and one list of hooks for each place. */

import type { ForgeProject, HookPlace } from '../../../contracts/forge.ts';
import type { HookSource } from '../../../contracts/hook-places.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { sha256Hex } from '../../../values/sha256.ts';
import type { GitLabClient } from '../gitlab.ts';
import { CI_FILE } from './ci-file.ts';
import { foldersOf, isOurs } from './decide-projects.ts';
import { oursAt } from './hook-identity.ts';
import type { GitLabSeen, SeenPlace, Undelivered } from './model.ts';
import { hookKey, keyOfSource, placeByPath } from './model.ts';
import { lookedThrough, undeliveredOf } from './settling.ts';
import type { GitLabSetupSpec } from './spec.ts';

/** Requests under way at the same time. */
const AT_ONCE = 4;

const inBatches = async <T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> => {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(work))));
  }
  return results;
};

export const uniqueSources = (sources: readonly HookSource[]): readonly HookSource[] => [
  ...new Map(sources.map((source) => [keyOfSource(source), source])).values(),
];

/** Wanted places, and those where a hook of ours may be left over: where one was made, projects we made, the instance. */
const sourcesOf = (
  spec: GitLabSetupSpec,
  projects: readonly ForgeProject[],
  remembered: readonly HookSource[],
): readonly HookSource[] => {
  const wanted = spec.hooks.map(({ source }) => source);
  if (spec.external) return uniqueSources([...wanted, ...remembered]);
  const made = projects.filter(({ description }) => isOurs(description, spec.mark)).map(({ path }) => path);
  return uniqueSources([
    ...wanted,
    ...remembered,
    ...[...spec.projects, ...made].map((path) => ({ kind: 'project', path }) as const),
    { kind: 'instance' },
  ]);
};

const readPlace = async (
  spec: GitLabSetupSpec,
  client: GitLabClient,
  source: HookSource,
  listed: readonly ForgeProject[] | undefined,
  signal: AbortSignal,
): Promise<SeenPlace> => {
  const seen = async (place: HookPlace): Promise<SeenPlace> => {
    const hooks = await client.listHooks(place, signal);
    return { source, place, state: hooks === 'unsupported' ? { kind: 'unsupported' } : { kind: 'seen', hooks } };
  };
  if (source.kind === 'instance') return seen({ kind: 'instance' });
  const { kind, path } = source;
  const known = listed?.find((project) => project.path.toLowerCase() === path.toLowerCase());
  const found =
    kind === 'group' ? await client.findGroup(path, signal) : (known ?? (await client.findProject(path, signal)));
  if (found) return seen({ kind, id: found.id });
  const willBeMade = !spec.external && kind === 'project' && spec.projects.includes(path);
  return { source, place: placeByPath(source), state: { kind: willBeMade ? 'new' : 'missing' } };
};

/** Of a place that nobody asks for any more: one that the token may not look at any more either is left alone. */
const orLeftAlone = async (source: HookSource, read: Promise<SeenPlace>): Promise<SeenPlace> => {
  try {
    return await read;
  } catch (thrown) {
    if (!(thrown instanceof ChatopsError) || thrown.code !== 'PERMISSION_MISSING') throw thrown;
    return { source, place: placeByPath(source), state: { kind: 'missing' } };
  }
};

/** Folders of projects that are still to be made, as far as they exist. */
const readGroups = async (
  client: GitLabClient,
  spec: GitLabSetupSpec,
  projects: readonly ForgeProject[],
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const paths = new Set(projects.map(({ path }) => path.toLowerCase()));
  const folders = new Set(spec.projects.filter((path) => !paths.has(path.toLowerCase())).flatMap(foldersOf));
  const found = await inBatches([...folders], (path) => client.findGroup(path, signal));
  return found.flatMap((group) => (group ? [group.path] : []));
};

/** Of projects that we made. */
const readCiFiles = async (
  client: GitLabClient,
  spec: GitLabSetupSpec,
  projects: readonly ForgeProject[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> => {
  if (spec.jobTags === undefined) return new Map();
  const named = new Set(spec.projects.map((path) => path.toLowerCase()));
  const ours = projects.filter(
    ({ path, description }) => named.has(path.toLowerCase()) && isOurs(description, spec.mark),
  );
  const read = await inBatches(ours, async ({ id, path, defaultBranch }) => {
    const text = defaultBranch && (await client.readFile(id, CI_FILE.path, defaultBranch, signal));
    return text ? ([[path, text]] as const) : [];
  });
  return new Map(read.flat());
};

/** What was lost while GitLab's processes disagreed: asked of hooks only that are of about that age. */
const readUndelivered = async (
  spec: GitLabSetupSpec,
  client: GitLabClient,
  seen: Pick<GitLabSeen, 'receiver' | 'former' | 'secret' | 'places'>,
  signal: AbortSignal,
): Promise<readonly Undelivered[]> => {
  const hooks = seen.places.flatMap((place) => lookedThrough(spec, seen, place));
  const found = await inBatches(hooks, async (hook) =>
    undeliveredOf(hook, (await client.listDeliveries(hook.place, hook.hookId, signal)) ?? []),
  );
  return found.flat();
};

/** What GitLab's log says of hooks of ours that it has switched off. */
const readFailing = async (
  spec: GitLabSetupSpec,
  client: GitLabClient,
  seen: Pick<GitLabSeen, 'receiver' | 'former' | 'secret' | 'places'>,
  signal: AbortSignal,
): Promise<GitLabSeen['failing']> => {
  const off = seen.places.flatMap((at) =>
    oursAt(at, spec, seen)
      .filter(({ hook }) => hook.off)
      .map(({ hook, room }) => ({ key: hookKey(at.source, room), place: at.place, id: hook.id })),
  );
  const read = await inBatches(off, async ({ key, place, id }) => {
    const deliveries = await client.listDeliveries(place, id, signal);
    return [key, deliveries ?? []] as const;
  });
  return new Map(read);
};

export type Remembered = Pick<GitLabSeen, 'refused' | 'fixing' | 'saved' | 'sentAgain'>;

export const observe = async (
  spec: GitLabSetupSpec,
  ports: Ports,
  client: GitLabClient,
  progress: Remembered,
  signal: AbortSignal,
): Promise<GitLabSeen> => {
  const secret = ports.secrets.read(spec.receiver.secret);
  const receiver = spec.hooks.length === 0 ? undefined : await ports.receiver(spec.receiver).address(signal);
  const projects = spec.external ? undefined : await client.listProjects(signal);
  const wanted = new Set(spec.hooks.map(({ source }) => keyOfSource(source)));
  const former = spec.former === undefined ? undefined : await ports.receiver(spec.former).address(signal);
  const version = (await client.version(signal)).text;
  const sources = sourcesOf(spec, projects ?? [], await ports.hookPlaces.read());
  const places = await inBatches(sources, (source) => {
    const read = readPlace(spec, client, source, projects, signal);
    return wanted.has(keyOfSource(source)) ? read : orLeftAlone(source, read);
  });
  return {
    version,
    allowList: spec.external ? undefined : await client.outboundAllowList(signal),
    groups: spec.external ? [] : await readGroups(client, spec, projects ?? [], signal),
    projects: projects ?? [],
    ciFiles: await readCiFiles(client, spec, projects ?? [], signal),
    receiver,
    former,
    rotates: receiver?.takes.some((digest) => digest !== sha256Hex(secret.reveal())) ?? false,
    secret,
    places,
    failing: await readFailing(spec, client, { receiver, former, secret, places }, signal),
    undelivered: await readUndelivered(spec, client, { receiver, former, secret, places }, signal),
    ...progress,
  };
};
