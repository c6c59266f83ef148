/** `compose.yaml`: the whole graph for Docker Compose, which alone brings the stack up from it. */

import { nginxRenderer } from '../parts/front-door/render.ts';
import { startOrder } from '../stack/graph.ts';
import type { Stack, StackNode } from '../stack/stack.ts';
import { type ComposeBase, composeBase } from './compose/base.ts';
import { composeJob, jobVolumes } from './compose/job.ts';
import { isPath, NETWORK, networkName } from './compose/parts.ts';
import { composeService } from './compose/service.ts';
import { composeTree, type Plain } from './compose/text.ts';
import { TOOLS, toolsService, toolsVolumeName } from './compose/tools.ts';
import { yamlText } from './compose/yaml-text.ts';
import { healthchecksRenderer } from './healthchecks.ts';
import type { RenderedFile, Renderer } from './renderer.ts';

const byName = (a: StackNode, b: StackNode): number => (a.name < b.name ? -1 : 1);

/** As they start, and by name where they start together: the order of the nodes in memory means nothing. */
const inOrder = (nodes: readonly StackNode[]): readonly StackNode[] =>
  startOrder(nodes).flatMap((level) => [...level].sort(byName));

const entryOf = (node: StackNode, stack: Stack, base: ComposeBase, rendered: readonly RenderedFile[]): Plain =>
  node.kind === 'job' ? composeJob(node, stack, base) : composeService(node, stack, base, rendered);

const mountsOf = (node: StackNode) => (node.kind === 'job' ? jobVolumes(node) : node.container.volumes);

const namedVolumes = (stack: Stack): Plain => {
  const names = stack.nodes.flatMap(mountsOf).flatMap(({ source }) => (isPath(source) ? [] : [source]));
  const own = [...new Set(names)].sort().map((name) => [name, {}] as const);
  return Object.fromEntries([...own, [TOOLS, { name: toolsVolumeName(stack) }]]);
};

/** Renderers whose files services read while they run. */
const READ_WHILE_RUNNING = [nginxRenderer, healthchecksRenderer];

const composeFile = (stack: Stack, base: ComposeBase, rendered: readonly RenderedFile[]): Plain => ({
  name: stack.name,
  services: Object.fromEntries([
    [TOOLS, toolsService(stack, base)],
    ...inOrder(stack.nodes).map((node) => [node.name, entryOf(node, stack, base, rendered)] as const),
  ]),
  networks: { [NETWORK]: { name: networkName(stack) } },
  volumes: namedVolumes(stack),
});

export const composeRenderer: Renderer = {
  id: 'compose',
  render: (input) => {
    const base = composeBase(input.pieces['compose/compose.base.yaml']);
    const rendered = READ_WHILE_RUNNING.flatMap((renderer) => renderer.render(input));
    return [{ path: 'compose.yaml', text: yamlText(composeTree(composeFile(input.stack, base, rendered))) }];
  },
};
