/** `pipeline`: with all its jobs. */
import { jobsOf } from '../../ci/jobs-of.ts';
import { webUrl } from '../../entities.ts';
import type { Job, Pipeline, Project } from '../../model.ts';
import type { World } from '../../world.ts';
import {
  commitPart,
  projectPart,
  queuedSeconds,
  runnerPart,
  seconds,
  userPart,
  utcTime,
  utcTimeOrNull,
  wholeSeconds,
} from './common.ts';

const DETAILED: Readonly<Partial<Record<Pipeline['status'], string>>> = { success: 'passed' };

const buildPart = (world: World, job: Job, userId: number) => ({
  id: job.id,
  stage: job.stage,
  name: job.name,
  status: job.status,
  created_at: utcTime(job.createdAt),
  started_at: utcTimeOrNull(job.startedAt),
  finished_at: utcTimeOrNull(job.finishedAt),
  duration: seconds(job.startedAt, job.finishedAt),
  queued_duration: seconds(job.queuedAt, job.startedAt),
  failure_reason: job.failureReason,
  when: job.when,
  manual: job.when === 'manual',
  allow_failure: job.allowFailure,
  user: userPart(world.state.users.get(String(userId))),
  runner: job.runnerId === null ? null : runnerPart(world.state.runners.get(String(job.runnerId))),
  artifacts_file: { filename: null, size: null },
  environment: null,
});

export const pipelinePayload = (world: World, project: Project, pipeline: Pipeline) => {
  const jobs = jobsOf(world, pipeline);
  const commit = world.repositories.find(project, pipeline.sha);
  const used = pipeline.stages.filter((stage) => jobs.some((job) => job.stage === stage));
  return {
    object_kind: 'pipeline',
    object_attributes: {
      id: pipeline.id,
      iid: pipeline.iid,
      name: null,
      ref: pipeline.ref,
      tag: pipeline.tag,
      sha: pipeline.sha,
      before_sha: pipeline.beforeSha,
      source: pipeline.source,
      status: pipeline.status,
      detailed_status: DETAILED[pipeline.status] ?? pipeline.status,
      stages: used,
      created_at: utcTime(pipeline.createdAt),
      finished_at: utcTimeOrNull(pipeline.finishedAt),
      duration: wholeSeconds(pipeline.startedAt, pipeline.finishedAt),
      queued_duration: queuedSeconds(pipeline.createdAt, pipeline.startedAt),
      variables: pipeline.variables,
      url: `${webUrl(world, project)}/-/pipelines/${pipeline.id}`,
    },
    merge_request: null,
    user: userPart(world.state.users.get(String(pipeline.userId))),
    project: projectPart(world, project),
    commit: commit === undefined ? null : commitPart(world, project, commit),
    builds: [...jobs].reverse().map((job) => buildPart(world, job, pipeline.userId)),
  };
};
