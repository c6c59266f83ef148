import type { JobLimits } from '../../../contracts/sections/runner.ts';
import type { HttpTarget, RunnerOffer, SecretName } from '../../../stack/stack.ts';

export type RunnerRegistrationSpec = {
  readonly job: 'runner-registration';
  readonly mark: string;
  readonly target: HttpTarget;
  readonly token: SecretName;
  readonly runner: RunnerOffer;
  /** What its process is to work with. */
  readonly work: RunnerWork;
};

/** What stands in `config.toml` beside the token. */
export interface RunnerWork {
  readonly executor: 'docker' | 'shell';
  /** Image of jobs that name none; docker executor only. */
  readonly image: string;
  /** Image of the container that clones for each job. Absent: the runner's own choice. */
  readonly helperImage?: string;
  /** Jobs at the same time. */
  readonly concurrent: number;
  /** How far jobs in containers may go; absent: as the piece says. */
  readonly jobs?: JobLimits;
  /** GitLab as the runner reaches it. */
  readonly url: string;
  /** Where jobs clone from and which network they join, when the GitLab is ours; else as the server says, and none. */
  readonly inside?: { readonly cloneUrl: string; readonly network: string };
  /** File in its container with authorities that it hands to its jobs. Absent: none. */
  readonly authorityFile?: string;
}
