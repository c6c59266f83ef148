/** `compose/jobs.json`: every job as data, for the containers that carry them out. */
import type { Renderer } from '../contracts/renderer.ts';
import { JOBS_FILE } from '../stack/names.ts';
import type { JobNode, Stack } from '../stack/stack.ts';
import { GENERATED } from './generated.ts';
import { sorted } from './sorted.ts';

const jobTable = ({ nodes }: Stack): unknown =>
  Object.fromEntries(
    nodes
      .filter((node): node is JobNode => node.kind === 'job')
      .map(({ name, job, withinMs }) => [name, { job, withinMs }] as const),
  );

export const jobsRenderer: Renderer = {
  id: 'jobs',
  render: ({ stack }) => {
    const content = { '//': GENERATED, stack: stack.name, jobs: sorted(jobTable(stack), JOBS_FILE) };
    return [{ path: JOBS_FILE, text: `${JSON.stringify(content, null, 2)}\n` }];
  },
};
