/** The job document, as far as a runner heeds it; whatever GitLab left out is empty. */
export interface JobStep {
  readonly name: string;
  readonly script: readonly string[];
  readonly when: string;
  readonly allowFailure: boolean;
}

export interface JobVariable {
  readonly key: string;
  readonly value: string;
  readonly masked: boolean;
}

export interface JobDocument {
  readonly id: number;
  readonly token: string;
  readonly name: string;
  readonly projectPath: string;
  readonly repoUrl: string;
  readonly sha: string;
  readonly ref: string;
  readonly refspecs: readonly string[];
  readonly timeoutMs: number;
  readonly image: string | undefined;
  readonly variables: readonly JobVariable[];
  readonly steps: readonly JobStep[];
}

type Raw = Readonly<Record<string, unknown>>;
const object = (value: unknown): Raw => (typeof value === 'object' && value !== null ? (value as Raw) : {});
const list = (value: unknown): readonly Raw[] => (Array.isArray(value) ? (value as Raw[]) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const DEFAULT_TIMEOUT_S = 3_600;

export const parseJob = (json: string): JobDocument => {
  const raw = object(JSON.parse(json));
  const git = object(raw.git_info);
  const variables = list(raw.variables).map((one) => ({
    key: text(one.key),
    value: text(one.value),
    masked: one.masked === true,
  }));
  return {
    id: Number(raw.id),
    token: text(raw.token),
    name: text(object(raw.job_info).name),
    projectPath:
      variables.find(({ key }) => key === 'CI_PROJECT_PATH')?.value ?? text(object(raw.job_info).project_name),
    repoUrl: text(git.repo_url),
    sha: text(git.sha),
    ref: text(git.ref),
    refspecs: Array.isArray(git.refspecs) ? git.refspecs.map(String) : [],
    timeoutMs: Number(object(raw.runner_info).timeout ?? DEFAULT_TIMEOUT_S) * 1_000,
    image: text(object(raw.image).name) || undefined,
    variables,
    steps: list(raw.steps).map((step) => ({
      name: text(step.name),
      script: Array.isArray(step.script) ? step.script.map(String) : [],
      when: text(step.when) || 'on_success',
      allowFailure: step.allow_failure === true,
    })),
  };
};
