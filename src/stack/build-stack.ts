import type { Config } from '../config/config.ts';
import { bot } from '../parts/bot/service.ts';
import { nginx } from '../parts/front-door/service.ts';
import { gitlab } from '../parts/gitlab/service.ts';
import { gitlabSetup } from '../parts/gitlab/setup-node.ts';
import { gitlabRunner, RUNNER_CONFIG_VOLUME } from '../parts/gitlab-runner/service.ts';
import { runnerRegistration } from '../parts/gitlab-runner/setup-node.ts';
import { mongodb } from '../parts/mongodb/service.ts';
import { mongoReplicaSet } from '../parts/mongodb/setup-node.ts';
import { prober } from '../parts/prober/service.ts';
import { rocketchat } from '../parts/rocketchat/service.ts';
import { rocketchatSetup } from '../parts/rocketchat/setup-node.ts';
import { announcement } from '../proofs/announcement/node.ts';
import { conversation } from '../proofs/conversation/node.ts';
import { checkGraph } from './graph.ts';
import { publicUrls } from './public-urls.ts';
import { secretNames } from './secret-names.ts';
import type { Gate, ServiceNode, Stack, StackNode } from './stack.ts';
import { withTimeouts } from './timeouts.ts';
import { bundlesChat, bundlesGitLab, bundlesMongo, usesGitLab, wantedRunner } from './variation.ts';

const chatNodes = (config: Config): readonly StackNode[] => [
  ...(bundlesMongo(config) ? [...mongodb(config), mongoReplicaSet(config)] : []),
  ...(bundlesChat(config) ? [rocketchat(config)] : []),
  rocketchatSetup(config),
  bot(config),
];

const gitlabNodes = (config: Config): readonly StackNode[] => {
  const runner = wantedRunner(config);
  return [
    ...(bundlesGitLab(config) ? [gitlab(config)] : []),
    ...(usesGitLab(config) ? [gitlabSetup(config)] : []),
    ...(runner ? [runnerRegistration(config, runner), gitlabRunner(config, runner)] : []),
  ];
};

/** Gates on what nobody else waits for: through these the last jobs wait for everything. */
const gatesOnLeaves = (nodes: readonly StackNode[]): readonly Gate[] => {
  const awaited = new Set(nodes.flatMap(({ gates }) => gates.map(({ node }) => node)));
  return nodes
    .filter(({ name }) => !awaited.has(name))
    .map(({ name, kind }) => ({ node: name, until: kind === 'job' ? 'done' : 'ready' }));
};

const isService = (node: StackNode): node is ServiceNode => node.kind === 'service';

/**
 * The whole desired state. Pure; the same configuration gives the same stack.
 * @throws ChatopsError GRAPH_UNKNOWN_NODE, GRAPH_CYCLE: only through a fault of ours, as nobody writes gates by hand.
 */
export const buildStack = (config: Config): Stack => {
  const parts = [...chatNodes(config), ...gitlabNodes(config), nginx(config)];
  const last = gatesOnLeaves(parts);
  const probed = secretNames(...parts.filter(isService).map(({ ready }) => ready));
  const read = wantedRunner(config) ? [RUNNER_CONFIG_VOLUME] : [];
  // The prober serves whoever looks; the stack is proven with or without it, so nothing waits for it.
  const all = [...parts, prober(config, probed, read), conversation(config, last), ...announcement(config, last)];
  const nodes = withTimeouts(all, config);
  checkGraph(nodes);
  return { name: config.name, config, nodes, publicUrls: publicUrls(config) };
};
