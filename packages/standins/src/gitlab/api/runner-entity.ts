/** How runners look in answers: never with a token (gl:lib/api/entities/ci/runner*.rb). */
import { isAtWork } from '../ci/progress.ts';
import { contactStatus, lastContact, managersOf, runnerStatus } from '../ci/runner-records.ts';
import { webUrl } from '../entities.ts';
import type { Runner, RunnerManager } from '../model.ts';
import { isoTime, isoTimeOrNull } from '../state.ts';
import type { World } from '../world.ts';

const newestManager = (world: World, runner: Runner): RunnerManager | undefined =>
  [...managersOf(world, runner)].sort((left, right) => left.contactedAt - right.contactedAt).at(-1);

const isRunning = (world: World, runner: Runner): boolean =>
  world.state.jobs.all().some((job) => job.runnerId === runner.id && isAtWork(job.status));

export const runnerListed = (world: World, runner: Runner) => {
  const status = runnerStatus(world, runner);
  return {
    id: runner.id,
    description: runner.description,
    ip_address: newestManager(world, runner)?.ipAddress ?? '',
    active: !runner.paused,
    paused: runner.paused,
    is_shared: runner.type === 'instance_type',
    runner_type: runner.type,
    name: newestManager(world, runner) === undefined ? null : 'gitlab-runner',
    online: status === 'never_contacted' ? null : status === 'online',
    created_at: isoTime(runner.createdAt),
    status,
    job_execution_status: isRunning(world, runner) ? 'active' : 'idle',
  };
};

export const runnerDetails = (world: World, runner: Runner) => {
  const manager = newestManager(world, runner);
  const group = runner.groupId === null ? undefined : world.state.groups.get(String(runner.groupId));
  const projects = runner.projectIds.flatMap((id) => world.state.projects.get(String(id)) ?? []);
  return {
    ...runnerListed(world, runner),
    tag_list: runner.tags,
    run_untagged: runner.runUntagged,
    locked: runner.locked,
    maximum_timeout: runner.maximumTimeout,
    access_level: runner.accessLevel,
    version: manager?.version ?? null,
    revision: manager?.revision ?? null,
    platform: manager?.platform ?? null,
    architecture: manager?.architecture ?? null,
    contacted_at: isoTimeOrNull(lastContact(world, `runner:${runner.id}`, runner.contactedAt)),
    maintenance_note: runner.maintenanceNote,
    projects: projects.map((project) => ({
      id: project.id,
      name: project.name,
      path: project.path,
      path_with_namespace: project.fullPath,
      web_url: webUrl(world, project),
    })),
    groups:
      group === undefined
        ? []
        : [{ id: group.id, name: group.name, web_url: `${world.externalUrl}/groups/${group.fullPath}` }],
  };
};

export const managerEntity = (world: World, manager: RunnerManager) => {
  const contactedAt = lastContact(world, `manager:${manager.id}`, manager.contactedAt);
  return {
    id: manager.id,
    system_id: manager.systemId,
    version: manager.version,
    revision: manager.revision,
    platform: manager.platform,
    architecture: manager.architecture,
    created_at: isoTime(manager.createdAt),
    contacted_at: isoTimeOrNull(contactedAt),
    ip_address: manager.ipAddress,
    status: contactStatus(world.time.now(), manager.createdAt, contactedAt),
    job_execution_status: 'idle',
  };
};
