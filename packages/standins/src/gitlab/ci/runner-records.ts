/** Runners and their managers: tokens, contact, status (gl19:app/models/ci/runner.rb). */
import type { StandinRequest } from '../../kit/http-standin.ts';
import { groupChain } from '../access.ts';
import type { Project, Runner, RunnerManager, RunnerType } from '../model.ts';
import { digestOf, isoTimeOrNull, randomText } from '../state.ts';
import type { World } from '../world.ts';

export type RunnerStatus = 'online' | 'offline' | 'stale' | 'never_contacted';

const ONLINE_MS = 2 * 60 * 60_000;
const STALE_MS = 7 * 24 * 60 * 60_000;
/** The database hears of a contact only now and then. */
const WRITTEN_EVERY_MS = 40 * 60_000;

/** Made through the API or the pages; `glrtr-` ones come from a registration token. */
export const newRunnerToken = (legacy = false): string => `${legacy ? 'glrtr-' : 'glrt-'}${randomText(20)}`;

/** An expired token is as unknown as one that was never given (gl19:lib/authn/token_field/base.rb). */
export const runnerByToken = (world: World, token: string): Runner | undefined => {
  const digest = digestOf(token);
  const found = world.state.runners.all().find((runner) => runner.digest === digest);
  const end = found?.tokenExpiresAt ?? null;
  return end !== null && end <= world.time.now() ? undefined : found;
};

/** When a token that is given now expires; null: never (gl19:app/models/ci/runner.rb compute_token_expiration). */
export const tokenEnd = (world: World, type: RunnerType): number | null => {
  const settings = world.settings();
  const lives = {
    instance_type: settings.runner_token_expiration_interval,
    group_type: settings.group_runner_token_expiration_interval,
    project_type: settings.project_runner_token_expiration_interval,
  };
  const life = lives[type] ?? null;
  return life === null ? null : world.time.now() + life * 1_000;
};

/** A new token for a runner; the old one is known no more. */
export const renewToken = (world: World, runner: Runner) => {
  const token = newRunnerToken();
  const tokenExpiresAt = tokenEnd(world, runner.type);
  world.state.runners.put(String(runner.id), { ...runner, digest: digestOf(token), tokenExpiresAt });
  return { token, token_expires_at: isoTimeOrNull(tokenExpiresAt) };
};

export const lastContact = (world: World, key: string, written: number | null): number | null =>
  world.contacts.get(key) ?? written;

export const contactStatus = (now: number, createdAt: number, contactedAt: number | null): RunnerStatus => {
  if (contactedAt === null) return now - createdAt > STALE_MS ? 'stale' : 'never_contacted';
  const silent = now - contactedAt;
  if (silent > STALE_MS) return 'stale';
  return silent > ONLINE_MS ? 'offline' : 'online';
};

export const runnerStatus = (world: World, runner: Runner): RunnerStatus =>
  contactStatus(world.time.now(), runner.createdAt, lastContact(world, `runner:${runner.id}`, runner.contactedAt));

export const managersOf = (world: World, runner: Runner): readonly RunnerManager[] =>
  world.state.managers.all().filter(({ runnerId }) => runnerId === runner.id);

export interface ContactFacts {
  readonly systemId: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly ipAddress: string;
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export const contactFacts = (request: StandinRequest, params: Readonly<Record<string, unknown>>): ContactFacts => ({
  systemId: text(params.system_id) ?? '<legacy>',
  info: typeof params.info === 'object' && params.info !== null ? (params.info as Record<string, unknown>) : {},
  ipAddress: request.remoteAddress.replace(/^::ffff:/, ''),
});

const managerAfter = (
  world: World,
  runner: Runner,
  old: RunnerManager | undefined,
  facts: ContactFacts,
): RunnerManager => {
  const { info } = facts;
  const now = world.time.now();
  return {
    id: old?.id ?? world.state.nextId('managers'),
    runnerId: runner.id,
    systemId: facts.systemId,
    version: text(info.version) ?? old?.version ?? null,
    revision: text(info.revision) ?? old?.revision ?? null,
    platform: text(info.platform) ?? old?.platform ?? null,
    architecture: text(info.architecture) ?? old?.architecture ?? null,
    executor: text(info.executor) ?? old?.executor ?? null,
    ipAddress: facts.ipAddress,
    createdAt: old?.createdAt ?? now,
    contactedAt: now,
  };
};

const sameButContact = (left: RunnerManager, right: RunnerManager): boolean =>
  JSON.stringify({ ...left, contactedAt: 0 }) === JSON.stringify({ ...right, contactedAt: 0 });

/** Marks a contact and makes the manager of an unknown `system_id`. */
export const noteContact = (world: World, runner: Runner, facts: ContactFacts): void => {
  const now = world.time.now();
  const old = managersOf(world, runner).find(({ systemId }) => systemId === facts.systemId);
  const manager = managerAfter(world, runner, old, facts);
  world.contacts.set(`runner:${runner.id}`, now);
  world.contacts.set(`manager:${manager.id}`, now);
  const due = (written: number | null) => written === null || now - written > WRITTEN_EVERY_MS || now < written;
  if (old === undefined || due(old.contactedAt) || !sameButContact(old, manager))
    world.state.managers.put(String(manager.id), manager);
  if (due(runner.contactedAt)) world.state.runners.put(String(runner.id), { ...runner, contactedAt: now });
};

export const removeRunner = (world: World, runner: Runner): void => {
  for (const manager of managersOf(world, runner)) world.state.managers.delete(String(manager.id));
  world.state.runners.delete(String(runner.id));
};

/** Whether the runner serves this project at all. */
export const servesProject = (world: World, runner: Runner, project: Project): boolean => {
  if (runner.type === 'instance_type') return true;
  if (runner.type === 'project_type') return runner.projectIds.includes(project.id);
  const groups = project.namespace.kind === 'group' ? groupChain(world, project.namespace.id) : [];
  return groups.some(({ id }) => id === runner.groupId);
};
