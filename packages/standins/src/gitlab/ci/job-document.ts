/** What a runner is handed: one job with everything it needs (shape as a real runner was served, runner-exchange.json). */
import { httpUrl } from '../entities.ts';
import { NO_COMMIT } from '../git/repositories.ts';
import type { Job, Pipeline, Project, Runner } from '../model.ts';
import type { World } from '../world.ts';

const HOUR_S = 3600;

interface Handover {
  readonly job: Job;
  readonly pipeline: Pipeline;
  readonly project: Project;
  readonly runner: Runner;
  readonly token: string;
}

const cloneUrl = (world: World, project: Project, token: string): string => {
  const url = new URL(httpUrl(world, project));
  url.username = 'gitlab-ci-token';
  url.password = token;
  return url.toString();
};

interface Variable {
  readonly key: string;
  readonly value: string;
  readonly public: boolean;
  readonly masked: boolean;
  /** Its value is written to a file, whose path the job gets. Absent: it is not. */
  readonly file?: boolean;
}

const plain = (key: string, value: string): Variable => ({ key, value, public: true, masked: false });
const hidden = (key: string, value: string): Variable => ({ key, value, public: false, masked: true });

const predefined = (world: World, { job, pipeline, project, runner, token }: Handover): readonly Variable[] => {
  const server = new URL(world.externalUrl);
  return [
    plain('CI', 'true'),
    plain('GITLAB_CI', 'true'),
    plain('CI_SERVER', 'yes'),
    plain('CI_SERVER_NAME', 'GitLab'),
    plain('CI_SERVER_URL', world.externalUrl),
    plain('CI_SERVER_HOST', server.hostname),
    plain('CI_SERVER_PORT', server.port === '' ? (server.protocol === 'https:' ? '443' : '80') : server.port),
    plain('CI_SERVER_PROTOCOL', server.protocol.replace(':', '')),
    plain('CI_SERVER_VERSION', world.features.version),
    plain('CI_API_V4_URL', `${world.externalUrl}/api/v4`),
    plain('CI_JOB_ID', String(job.id)),
    plain('CI_JOB_NAME', job.name),
    plain('CI_JOB_STAGE', job.stage),
    hidden('CI_JOB_TOKEN', token),
    plain('CI_PIPELINE_ID', String(pipeline.id)),
    plain('CI_PIPELINE_IID', String(pipeline.iid)),
    plain('CI_PIPELINE_SOURCE', pipeline.source),
    plain('CI_PIPELINE_URL', `${world.externalUrl}/${project.fullPath}/-/pipelines/${pipeline.id}`),
    plain('CI_COMMIT_SHA', pipeline.sha),
    plain('CI_COMMIT_SHORT_SHA', pipeline.sha.slice(0, 8)),
    plain('CI_COMMIT_REF_NAME', pipeline.ref),
    plain(pipeline.tag ? 'CI_COMMIT_TAG' : 'CI_COMMIT_BRANCH', pipeline.ref),
    plain('CI_DEFAULT_BRANCH', project.defaultBranch),
    plain('CI_PROJECT_ID', String(project.id)),
    plain('CI_PROJECT_NAME', project.path),
    plain('CI_PROJECT_PATH', project.fullPath),
    plain('CI_PROJECT_URL', `${world.externalUrl}/${project.fullPath}`),
    plain('CI_RUNNER_ID', String(runner.id)),
    plain('CI_RUNNER_DESCRIPTION', runner.description ?? ''),
    plain('CI_RUNNER_TAGS', JSON.stringify(runner.tags)),
  ];
};

/** Protected ones for the protected branch only, which is the default one. */
const ofProject = (world: World, project: Project, { ref, tag }: Pipeline): readonly Variable[] =>
  world.state.variables
    .all()
    .filter(
      ({ projectId, isProtected }) =>
        projectId === project.id && (!isProtected || (!tag && ref === project.defaultBranch)),
    )
    .map(({ key, value, isMasked, type }) => ({ ...hidden(key, value), masked: isMasked, file: type === 'file' }));

/** Those of the file are the weakest (doc/ci/variables, "CI/CD variable precedence"). */
const own = (world: World, { job, pipeline, project }: Handover): readonly Variable[] => [
  ...job.variables.map(({ key, value }) => plain(key, value)),
  ...ofProject(world, project, pipeline),
  ...pipeline.variables.map(({ key, value }) => plain(key, value)),
];

export const jobDocument = (world: World, handover: Handover) => {
  const { job, pipeline, project, runner, token } = handover;
  const timeout = Math.min(HOUR_S, runner.maximumTimeout ?? HOUR_S);
  const step = (name: string, script: readonly string[], when: string) => ({
    name,
    script,
    timeout,
    when,
    allow_failure: name === 'after_script',
  });
  const ref = pipeline.tag ? `refs/tags/${pipeline.ref}` : `refs/heads/${pipeline.ref}`;
  const refspec = pipeline.tag ? `+${ref}:${ref}` : `+${ref}:refs/remotes/origin/${pipeline.ref}`;
  return {
    id: job.id,
    token,
    allow_git_fetch: true,
    job_info: {
      id: job.id,
      name: job.name,
      stage: job.stage,
      project_id: project.id,
      project_name: project.name,
      time_in_queue_seconds: 0,
      project_jobs_running_on_instance_runners_count: '0',
    },
    git_info: {
      repo_url: cloneUrl(world, project, token),
      ref: pipeline.ref,
      sha: pipeline.sha,
      before_sha: pipeline.beforeSha === '' ? NO_COMMIT : pipeline.beforeSha,
      ref_type: pipeline.tag ? 'tag' : 'branch',
      refspecs: [refspec],
      depth: 20,
    },
    runner_info: { timeout, runner_session_url: null },
    variables: [...predefined(world, handover), ...own(world, handover)],
    steps: [
      step('script', job.script, 'on_success'),
      ...(job.afterScript.length === 0 ? [] : [step('after_script', job.afterScript, 'always')]),
    ],
    image: job.image === null ? null : { name: job.image, entrypoint: null, ports: [] },
    services: [],
    artifacts: [],
    cache: [],
    credentials: [],
    dependencies: [],
    features: {
      trace_sections: true,
      failure_reasons: ['script_failure', 'runner_system_failure', 'job_execution_timeout'],
    },
  };
};
