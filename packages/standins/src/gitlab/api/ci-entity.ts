/** Pipelines and jobs in answers (gl:lib/api/entities/ci/). */

import { commitEntity, userBasic, webUrl } from '../entities.ts';
import { queuedSeconds, seconds, wholeSeconds } from '../hooks/payloads/common.ts';
import type { Job, Pipeline, Project } from '../model.ts';
import { isoTime, isoTimeOrNull } from '../state.ts';
import type { World } from '../world.ts';
import { runnerListed } from './runner-entity.ts';

const userPart = (world: World, userId: number) => {
  const user = world.state.users.get(String(userId));
  return user === undefined ? null : userBasic(world, user);
};

export const pipelineBasic = (world: World, project: Project, pipeline: Pipeline) => ({
  id: pipeline.id,
  iid: pipeline.iid,
  project_id: project.id,
  sha: pipeline.sha,
  ref: pipeline.ref,
  status: pipeline.status,
  source: pipeline.source,
  created_at: isoTime(pipeline.createdAt),
  updated_at: isoTime(pipeline.updatedAt),
  web_url: `${webUrl(world, project)}/-/pipelines/${pipeline.id}`,
  name: null,
});

export const pipelineFull = (world: World, project: Project, pipeline: Pipeline) => ({
  ...pipelineBasic(world, project, pipeline),
  before_sha: pipeline.beforeSha,
  tag: pipeline.tag,
  yaml_errors: pipeline.yamlErrors,
  user: userPart(world, pipeline.userId),
  started_at: isoTimeOrNull(pipeline.startedAt),
  finished_at: isoTimeOrNull(pipeline.finishedAt),
  committed_at: null,
  duration: wholeSeconds(pipeline.startedAt, pipeline.finishedAt),
  queued_duration: queuedSeconds(pipeline.createdAt, pipeline.startedAt),
  coverage: null,
  detailed_status: {
    text: pipeline.status,
    label: pipeline.status === 'success' ? 'passed' : pipeline.status,
    group: pipeline.status,
    has_details: true,
  },
});

export const jobEntity = (world: World, project: Project, job: Job) => {
  const pipeline = world.state.pipelines.get(String(job.pipelineId));
  const runner = job.runnerId === null ? undefined : world.state.runners.get(String(job.runnerId));
  const commit = pipeline === undefined ? undefined : world.repositories.find(project, pipeline.sha);
  return {
    id: job.id,
    status: job.status,
    stage: job.stage,
    name: job.name,
    ref: pipeline?.ref ?? null,
    tag: pipeline?.tag ?? false,
    coverage: null,
    allow_failure: job.allowFailure,
    created_at: isoTime(job.createdAt),
    started_at: isoTimeOrNull(job.startedAt),
    finished_at: isoTimeOrNull(job.finishedAt),
    erased_at: null,
    duration: seconds(job.startedAt, job.finishedAt),
    queued_duration: seconds(job.queuedAt, job.startedAt),
    user: userPart(world, pipeline?.userId ?? project.creatorId),
    commit: commit === undefined ? null : commitEntity(world, project, commit),
    pipeline: pipeline === undefined ? null : pipelineBasic(world, project, pipeline),
    failure_reason: job.failureReason ?? undefined,
    web_url: `${webUrl(world, project)}/-/jobs/${job.id}`,
    project: { ci_job_token_scope_enabled: false },
    artifacts: [],
    runner: runner === undefined ? null : runnerListed(world, runner),
    runner_manager: null,
    artifacts_expire_at: null,
    archived: false,
    tag_list: job.tags,
  };
};
