import { describe, expect, it } from 'vitest';
import { graphJson, mermaidOf } from '../../../src/report/graph.ts';
import type { StackNode } from '../../../src/stack/stack.ts';

const nodes = [
  { kind: 'service', name: 'mongo', gates: [] },
  { kind: 'job', name: 'end', gates: [{ node: 'mongo', until: 'started' }] },
  { kind: 'service', name: 'chat', gates: [{ node: 'end', until: 'usable' }] },
] as unknown as readonly StackNode[];

describe('the graph', () => {
  it('is a flowchart: services square, jobs round, an arrow to what waits, no word of Mermaid for a node', () => {
    expect(mermaidOf(nodes)).toBe(`flowchart LR
  n0["mongo"]
  n1("end")
  n2["chat"]
  n0 -->|started| n1
  n1 --> n2
`);
  });

  it('is data for programs', () => {
    expect(graphJson(nodes)).toMatchObject({
      type: 'graph',
      nodes: [{ name: 'mongo', kind: 'service' }, { waitsFor: [{ node: 'mongo', until: 'started' }] }, {}],
    });
  });
});
