/** The graph of a stack as text: which node waits for which, and for what of it. Pure. */
import type { StackNode } from '../stack/stack.ts';

export const graphJson = (nodes: readonly StackNode[]): object => ({
  type: 'graph',
  nodes: nodes.map(({ name, kind, gates }) => ({ name, kind, waitsFor: gates })),
});

/** Mermaid's own words (`end`) are none of a node: each gets a number. */
const idsOf = (nodes: readonly StackNode[]): ReadonlyMap<string, string> =>
  new Map(nodes.map(({ name }, at) => [name, `n${at}`]));

/** Services with square corners, jobs round (https://mermaid.js.org/syntax/flowchart.html). */
const shape = ({ name, kind }: StackNode): string => (kind === 'service' ? `["${name}"]` : `("${name}")`);

/** `usable` is what nearly every gate waits for, and goes without saying. */
const arrow = (until: string): string => (until === 'usable' ? '-->' : `-->|${until}|`);

/** An arrow leads from a node to what waits for it. */
export const mermaidOf = (nodes: readonly StackNode[]): string => {
  const ids = idsOf(nodes);
  const id = (name: string): string => ids.get(name) ?? name;
  const lines = [
    'flowchart LR',
    ...nodes.map((node) => `  ${id(node.name)}${shape(node)}`),
    ...nodes.flatMap(({ name, gates }) => gates.map(({ node, until }) => `  ${id(node)} ${arrow(until)} ${id(name)}`)),
  ];
  return `${lines.join('\n')}\n`;
};
