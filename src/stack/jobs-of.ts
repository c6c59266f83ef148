/** What the jobs of a stack are to do, read out of the graph. */
import type { JobKind, JobSpec, Stack } from './stack.ts';

type SpecOf<K extends JobKind> = Extract<JobSpec, { job: K }>;

export const jobsOf = ({ nodes }: Pick<Stack, 'nodes'>): readonly JobSpec[] =>
  nodes.flatMap((node) => (node.kind === 'job' ? [node.job] : []));

/** The first job of this kind; undefined when the stack has none. */
export const jobOf = <K extends JobKind>(stack: Pick<Stack, 'nodes'>, kind: K): SpecOf<K> | undefined =>
  jobsOf(stack).find((spec): spec is SpecOf<K> => spec.job === kind);
