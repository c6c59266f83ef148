import type { Payload, Sample, SampleContext } from '../../../../contracts/played-forge.ts';
import { commitOf, idOf, iidOf, projectOf, shaOf, userOf, utcTime, webUrl } from './parts.ts';

const SECOND_MS = 1_000;
const STAGES = ['build', 'test'] as const;

type Ending = 'success' | 'failed';

export const runnerOf = (context: SampleContext) => ({
  id: idOf(context, 'runner'),
  description: 'simulated runner',
  runner_type: 'instance_type',
  active: true,
  is_shared: true,
  tags: ['docker'],
});

const buildOf = (context: SampleContext, stage: string, status: Ending) => ({
  id: idOf(context, `job ${stage}`),
  stage,
  name: `${stage} it`,
  status,
  created_at: utcTime(context, 95 * SECOND_MS),
  started_at: utcTime(context, 60 * SECOND_MS),
  finished_at: utcTime(context, 20 * SECOND_MS),
  duration: 40.5,
  queued_duration: 1.25,
  failure_reason: status === 'failed' ? 'script_failure' : null,
  when: 'on_success',
  manual: false,
  allow_failure: false,
  user: userOf(context),
  runner: runnerOf(context),
  artifacts_file: { filename: null, size: null },
  environment: null,
});

/** Jobs come newest first. */
const payload = (context: SampleContext, ending: Ending): Payload => ({
  object_kind: 'pipeline',
  object_attributes: {
    id: idOf(context, 'pipeline'),
    iid: iidOf(context, 'pipeline'),
    name: null,
    ref: 'main',
    tag: false,
    sha: commitOf(context, `Ring once (${context.word})`).id,
    before_sha: shaOf(context, 'before'),
    source: 'push',
    status: ending,
    detailed_status: ending === 'success' ? 'passed' : 'failed',
    stages: STAGES,
    created_at: utcTime(context, 95 * SECOND_MS),
    finished_at: utcTime(context),
    duration: 81,
    queued_duration: 2,
    variables: [],
    url: `${webUrl(context)}/-/pipelines/${idOf(context, 'pipeline')}`,
  },
  merge_request: null,
  user: userOf(context),
  project: projectOf(context),
  commit: commitOf(context, `Ring once (${context.word})`),
  builds: [buildOf(context, 'test', ending), buildOf(context, 'build', 'success')],
});

export const pipelineSamples: readonly Sample[] = [
  {
    name: 'pipeline',
    about: 'a pipeline of two stages passes',
    header: 'Pipeline Hook',
    everyday: 'pipeline-passed',
    build: (context) => payload(context, 'success'),
  },
  {
    name: 'pipeline-failed',
    about: 'a pipeline fails in its second stage',
    header: 'Pipeline Hook',
    everyday: 'pipeline-failed',
    build: (context) => payload(context, 'failed'),
  },
];
