import { type Words, words } from '../../config/section.ts';

export interface RunnerConfig {
  readonly description: string;
  readonly tags: readonly string[];
  readonly executor: 'docker' | 'shell';
  /** Image of jobs that name none; docker executor only. */
  readonly image: string;
  readonly runUntagged: boolean;
  /** Jobs at the same time. */
  readonly concurrent: number;
  readonly scope: { readonly kind: 'instance' } | { readonly kind: 'group' | 'project'; readonly path: string };
}

/** Undefined: no runner. */
export const RUNNER: Words<RunnerConfig | undefined> = words('Runner');
