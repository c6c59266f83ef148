import type { Payload, Sample, SampleContext } from '../../../../contracts/played-forge.ts';
import { commitOf, idOf, isoTime, projectOf, repositoryOf, shaOf, userOf, utcTime } from './parts.ts';
import { runnerOf } from './pipeline.ts';

const STARTED_MS = 40_000;

const payload = (context: SampleContext, status: 'success' | 'failed'): Payload => {
  const commit = commitOf(context, `Ring once (${context.word})`);
  const times = { started: utcTime(context, STARTED_MS), finished: utcTime(context) };
  const iso = { started: isoTime(context, STARTED_MS), finished: isoTime(context) };
  return {
    // Jobs were builds once, and still say so.
    object_kind: 'build',
    ref: 'main',
    tag: false,
    before_sha: shaOf(context, 'before'),
    sha: commit.id,
    retries_count: 0,
    build_id: idOf(context, 'job test'),
    build_name: 'test it',
    build_stage: 'test',
    build_status: status,
    build_created_at: utcTime(context, 95_000),
    build_started_at: times.started,
    build_finished_at: times.finished,
    build_created_at_iso: isoTime(context, 95_000),
    build_started_at_iso: iso.started,
    build_finished_at_iso: iso.finished,
    build_duration: STARTED_MS / 1_000,
    build_queued_duration: 1.25,
    build_allow_failure: false,
    build_failure_reason: status === 'failed' ? 'script_failure' : 'unknown_failure',
    pipeline_id: idOf(context, 'pipeline'),
    runner: runnerOf(context),
    project_id: projectOf(context).id,
    project_name: context.project.split('/').join(' / '),
    user: userOf(context),
    commit: {
      id: idOf(context, 'pipeline'),
      name: null,
      sha: commit.id,
      message: commit.message,
      author_name: commit.author.name,
      author_email: commit.author.email,
      author_url: `mailto:${commit.author.email}`,
      status,
      duration: 81,
      started_at: times.started,
      finished_at: times.finished,
      started_at_iso: iso.started,
      finished_at_iso: iso.finished,
    },
    repository: repositoryOf(context),
    project: projectOf(context),
    environment: null,
    source_pipeline: null,
  };
};

export const jobSamples: readonly Sample[] = [
  { name: 'job', about: 'a job passes', header: 'Job Hook', build: (context) => payload(context, 'success') },
  { name: 'job-failed', about: 'a job fails', header: 'Job Hook', build: (context) => payload(context, 'failed') },
];
