/** `compose.yaml`: the whole graph for Docker Compose, which alone brings the stack up from it. */

import type { RenderedFile, RenderInput } from '../contracts/renderer.ts';
import { startOrder } from '../stack/graph.ts';
import type { Stack, StackNode } from '../stack/stack.ts';
import { isVolume } from '../stack/stack-file.ts';
import { type ComposeBase, composeBase } from './compose/base.ts';
import { carriedByJob, carriedByService } from './compose/carried.ts';
import { composeJob, jobVolumes } from './compose/job.ts';
import { composeService } from './compose/service.ts';
import { composeTree, type Plain } from './compose/text.ts';
import { TOOLS, toolsService, toolsVolumeName } from './compose/tools.ts';
import { yamlText } from './compose/yaml-text.ts';
import { pieceOf } from './pieces.ts';

const byName = (a: StackNode, b: StackNode): number => (a.name < b.name ? -1 : 1);

/** As they start, and by name where they start together: the order of the nodes in memory means nothing. */
const inOrder = (nodes: readonly StackNode[]): readonly StackNode[] =>
  startOrder(nodes).flatMap((level) => [...level].sort(byName));

const entryOf = (node: StackNode, input: RenderInput, base: ComposeBase, rendered: readonly RenderedFile[]): Plain =>
  node.kind === 'job'
    ? composeJob(node, input.stack, base, carriedByJob(node, input))
    : composeService(node, input.stack, input.probes, base, rendered, carriedByService(node, input));

const mountsOf = (node: StackNode) => (node.kind === 'job' ? jobVolumes(node) : node.container.volumes);

const namedVolumes = (stack: Stack): Plain => {
  const names = stack.nodes
    .flatMap(mountsOf)
    .filter(isVolume)
    .map(({ source }) => source);
  const own = [...new Set(names)].sort().map((name) => [name, {}] as const);
  return Object.fromEntries([...own, [TOOLS, { name: toolsVolumeName(stack) }]]);
};

const networks = ({ networks: all }: Stack): Plain =>
  Object.fromEntries(
    all.map(({ purpose, name, internal }) => [purpose, { name, ...(internal ? { internal } : {}) }] as const),
  );

const composeTop = (input: RenderInput, base: ComposeBase, rendered: readonly RenderedFile[]): Plain => ({
  name: input.stack.name,
  services: Object.fromEntries([
    [TOOLS, toolsService(input.stack, base)],
    ...inOrder(input.stack.nodes).map((node) => [node.name, entryOf(node, input, base, rendered)] as const),
  ]),
  networks: networks(input.stack),
  volumes: namedVolumes(input.stack),
});

export const COMPOSE_PIECE = 'compose/compose.base.yaml';

export interface ComposeOptions {
  /** Whether `start_interval` may be written, which Docker Engine 25.0 brought. */
  readonly startInterval: boolean;
}

export const COMPOSE_FILE = 'compose.yaml';

/** @param rendered the stack's other files: what containers read of them counts as theirs */
export const composeFile = (
  input: RenderInput,
  rendered: readonly RenderedFile[],
  options: ComposeOptions,
): RenderedFile => {
  const base = composeBase(pieceOf(input.pieces, COMPOSE_PIECE), options);
  return { path: COMPOSE_FILE, text: yamlText(composeTree(composeTop(input, base, rendered))) };
};
