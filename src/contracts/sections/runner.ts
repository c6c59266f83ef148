import { type Words, words } from '../../config/section.ts';

export interface RunnerConfig {
  readonly description: string;
  readonly tags: readonly string[];
  readonly executor: 'docker' | 'shell';
  /** Image of jobs that name none; docker executor only. */
  readonly image: string;
  /** Image of the container beside each job that clones and keeps artifacts; docker executor only. Undefined: the runner's own choice. */
  readonly helperImage?: string;
  readonly runUntagged: boolean;
  /** Jobs at the same time. */
  readonly concurrent: number;
  readonly jobs: JobLimits;
  readonly scope: { readonly kind: 'instance' } | { readonly kind: 'group' | 'project'; readonly path: string };
}

/** How far jobs in containers may go; what is undefined is what the hand-written piece of its configuration says. */
export interface JobLimits {
  /** Of a job's container, swap included, as Docker reads it: `4g`. */
  readonly memory?: string | undefined;
  /** Of each of its services. */
  readonly serviceMemory?: string | undefined;
  /** CPUs of a job's container; a fraction is one of a CPU's time. Undefined: all there are. */
  readonly cpus?: number | undefined;
  readonly pullPolicy?: PullPolicy | undefined;
  /** Patterns; undefined: every image. The image of jobs that name none may always be used. */
  readonly allowedImages?: readonly string[] | undefined;
  readonly allowedServices?: readonly string[] | undefined;
}

export const PULL_POLICIES = ['always', 'if-not-present', 'never'] as const;
export type PullPolicy = (typeof PULL_POLICIES)[number];

/** Undefined: no runner. */
export const RUNNER: Words<RunnerConfig | undefined> = words('Runner');
