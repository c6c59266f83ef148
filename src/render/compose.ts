/** `compose.yaml`: the whole graph for Docker Compose, which alone brings the stack up from it. */

import type { RenderedFile, RenderInput } from '../contracts/renderer.ts';
import { startOrder } from '../stack/graph.ts';
import type { Gate, Stack, StackNode } from '../stack/stack.ts';
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

/**
 * Jobs that nothing waits for are waited for by what runs on beside the stack: `docker compose up --wait` takes a container
 * that has ended for a failure unless some service waits for its end (compose v2.26 pkg/compose/start.go).
 */
const withFollowers = (nodes: readonly StackNode[]): readonly StackNode[] => {
  const waitedFor = new Set(nodes.flatMap(({ gates }) => gates.filter(isDone).map(({ node }) => node)));
  const last = nodes.filter(({ kind, name }) => kind === 'job' && !waitedFor.has(name));
  const beside = nodes.find((node) => node.kind === 'service' && node.awaited === false);
  const ends = last.map(({ name }): Gate => ({ node: name, until: 'done' }));
  return nodes.map((node) => (node === beside ? { ...node, gates: [...node.gates, ...ends] } : node));
};

const isDone = ({ until }: Gate): boolean => until === 'done';

const composeTop = (input: RenderInput, base: ComposeBase, rendered: readonly RenderedFile[]): Plain => ({
  name: input.stack.name,
  services: Object.fromEntries([
    [TOOLS, toolsService(input.stack, base)],
    ...withFollowers(inOrder(input.stack.nodes)).map(
      (node) => [node.name, entryOf(node, input, base, rendered)] as const,
    ),
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
