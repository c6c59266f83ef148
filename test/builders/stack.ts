import { buildStack } from '../../src/stack/build-stack.ts';
import type { JobNode, JobSpec, ServiceNode, Stack, StackNode } from '../../src/stack/stack.ts';
import { aConfig, type ConfigOverrides } from './config.ts';

/** The stack of the default configuration, with what the test is about put over it. */
export const aStack = (overrides: ConfigOverrides = {}): Stack => buildStack(aConfig(overrides));

export const nodeNamed = (stack: Stack, name: string): StackNode => {
  const found = stack.nodes.find((node) => node.name === name);
  if (!found) throw new Error(`the stack has no ${name}`);
  return found;
};

export const serviceNamed = (stack: Stack, name: string): ServiceNode => {
  const node = nodeNamed(stack, name);
  if (node.kind !== 'service') throw new Error(`${name} is a job`);
  return node;
};

export const jobNamed = <K extends JobSpec['job']>(
  stack: Stack,
  name: K,
): JobNode & { readonly job: Extract<JobSpec, { job: K }> } => {
  const node = nodeNamed(stack, name);
  if (node.kind !== 'job' || node.job.job !== name) throw new Error(`${name} is not that job`);
  return node as JobNode & { readonly job: Extract<JobSpec, { job: K }> };
};

/** One node a line, in start order levels: `gitlab-setup (job) ← gitlab ready, rocketchat-setup done`. */
export const gateText = ({ nodes }: Stack): string =>
  nodes
    .map(({ name, kind, gates }) => {
      const waits = gates.map(({ node, until }) => `${node} ${until}`).join(', ');
      return `${name} (${kind})${waits === '' ? '' : ` ← ${waits}`}`;
    })
    .join('\n');
