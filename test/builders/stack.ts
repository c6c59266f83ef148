import type { Config } from '../../src/config/config.ts';
import type { ReadSecret } from '../../src/config/secrets.ts';
import type { RenderedFile } from '../../src/contracts/renderer.ts';
import type { GitLabSetupSpec } from '../../src/parts/gitlab/setup/spec.ts';
import type { RunnerRegistrationSpec } from '../../src/parts/gitlab-runner/setup/spec.ts';
import type { MongoReplicaSetSpec } from '../../src/parts/mongodb/setup/spec.ts';
import type { RocketChatSetupSpec } from '../../src/parts/rocketchat/setup/spec.ts';
import type { AnnouncementSpec } from '../../src/proofs/announcement/spec.ts';
import type { ConversationSpec } from '../../src/proofs/conversation/spec.ts';
import { renderAll } from '../../src/render/render-all.ts';
import { buildStack } from '../../src/stack/build-stack.ts';
import type { JobNode, ServiceNode, Stack, StackNode } from '../../src/stack/stack.ts';
import { house } from '../helpers/pieces.ts';
import { aConfig, type ConfigOverrides } from './config.ts';

/** The stack of a configuration, of our own parts. */
export const stackOf = (config: Config): Stack => buildStack(config, house);

/** The variables of its `.env`. */
export const secretsOf = (config: Config): readonly ReadSecret[] => stackOf(config).secrets;

/** All files of a stack, compose.yaml for an engine that knows `start_interval`. */
export const filesOf = (stack: Stack, startInterval = true): readonly RenderedFile[] =>
  renderAll(stack, house, { startInterval });

export const composeTextOf = (stack: Stack, startInterval = true): string => {
  const found = filesOf(stack, startInterval).find(({ path }) => path === 'compose.yaml');
  if (!found) throw new Error('compose.yaml was not rendered');
  return found.text;
};

/** The stack of the default configuration, with what the test is about put over it. */
export const aStack = (overrides: ConfigOverrides = {}): Stack => stackOf(aConfig(overrides));

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

/** Name of our jobs' nodes → their specifications. */
interface JobSpecs {
  readonly 'mongo-replica-set': MongoReplicaSetSpec;
  readonly 'rocketchat-setup': RocketChatSetupSpec;
  readonly 'gitlab-setup': GitLabSetupSpec;
  readonly 'runner-registration': RunnerRegistrationSpec;
  readonly conversation: ConversationSpec;
  readonly announcement: AnnouncementSpec;
}

export const jobNamed = <K extends keyof JobSpecs>(stack: Stack, name: K): JobNode & { readonly job: JobSpecs[K] } => {
  const node = nodeNamed(stack, name);
  if (node.kind !== 'job' || node.job.job !== name) throw new Error(`${name} is not that job`);
  return node as JobNode & { readonly job: JobSpecs[K] };
};

/** One node a line, in start order levels: `gitlab-setup (job) ← gitlab ready, rocketchat-setup done`. */
export const gateText = ({ nodes }: Stack): string =>
  nodes
    .map(({ name, kind, gates }) => {
      const waits = gates.map(({ node, until }) => `${node} ${until}`).join(', ');
      return `${name} (${kind})${waits === '' ? '' : ` ← ${waits}`}`;
    })
    .join('\n');
