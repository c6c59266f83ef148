/** A job's event; it still says `build`. */
import { NO_COMMIT } from '../../git/repositories.ts';
import type { Job, Pipeline, Project } from '../../model.ts';
import { isoTime } from '../../state.ts';
import type { World } from '../../world.ts';
import {
  projectPart,
  repositoryPart,
  runnerPart,
  seconds,
  userPart,
  utcTime,
  utcTimeOrNull,
  wholeSeconds,
} from './common.ts';

const isoOrNull = (ms: number | null) => (ms === null ? null : isoTime(ms));

const commitOfPipeline = (world: World, project: Project, pipeline: Pipeline) => {
  const commit = world.repositories.find(project, pipeline.sha);
  return {
    // This number is the pipeline's, not the commit's.
    id: pipeline.id,
    name: null,
    sha: pipeline.sha,
    message: commit?.message ?? null,
    author_name: commit?.authorName ?? null,
    author_email: commit?.authorEmail ?? null,
    author_url: commit === undefined ? null : `mailto:${commit.authorEmail}`,
    status: pipeline.status,
    duration: wholeSeconds(pipeline.startedAt, pipeline.finishedAt),
    started_at: utcTimeOrNull(pipeline.startedAt),
    finished_at: utcTimeOrNull(pipeline.finishedAt),
    started_at_iso: isoOrNull(pipeline.startedAt),
    finished_at_iso: isoOrNull(pipeline.finishedAt),
  };
};

export const jobPayload = (world: World, project: Project, job: Job) => {
  const pipeline = world.state.pipelines.get(String(job.pipelineId));
  return {
    object_kind: 'build',
    ref: pipeline?.ref ?? project.defaultBranch,
    tag: pipeline?.tag ?? false,
    before_sha: pipeline?.beforeSha ?? NO_COMMIT,
    sha: pipeline?.sha ?? NO_COMMIT,
    retries_count: 0,
    build_id: job.id,
    build_name: job.name,
    build_stage: job.stage,
    build_status: job.status,
    build_created_at: utcTime(job.createdAt),
    build_started_at: utcTimeOrNull(job.startedAt),
    build_finished_at: utcTimeOrNull(job.finishedAt),
    build_created_at_iso: isoTime(job.createdAt),
    build_started_at_iso: isoOrNull(job.startedAt),
    build_finished_at_iso: isoOrNull(job.finishedAt),
    build_duration: seconds(job.startedAt, job.finishedAt),
    build_queued_duration: seconds(job.queuedAt, job.startedAt),
    build_allow_failure: job.allowFailure,
    build_failure_reason: job.failureReason ?? 'unknown_failure',
    pipeline_id: job.pipelineId,
    runner: job.runnerId === null ? null : runnerPart(world.state.runners.get(String(job.runnerId))),
    project_id: project.id,
    project_name: project.fullPath.split('/').join(' / '),
    user: userPart(world.state.users.get(String(pipeline?.userId ?? project.creatorId))),
    commit: pipeline === undefined ? null : commitOfPipeline(world, project, pipeline),
    repository: repositoryPart(world, project),
    project: projectPart(world, project),
    environment: null,
  };
};
