import type { JobSpec, Stack } from './stack.ts';

/** What the jobs of one kind are to do: the part that names the kind knows its fields. */
export const jobsOf = <S extends JobSpec>({ nodes }: Pick<Stack, 'nodes'>, kind: S['job']): readonly S[] =>
  nodes.flatMap((node) => (node.kind === 'job' && node.job.job === kind ? [node.job as S] : []));
