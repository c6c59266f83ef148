import { describe, expect, test } from 'vitest';
import { checkGraph, dependentsOf, type GraphNode, startOrder } from '../../../src/stack/graph.ts';
import type { Gate } from '../../../src/stack/stack.ts';

/** `a`, or `a < b c`: service a, which waits until b and c are ready. */
const nodes = (...lines: readonly string[]): readonly GraphNode[] =>
  lines.map((line) => {
    const [name = '', ...waits] = line.split(/ < | /);
    return { name, kind: 'service', gates: waits.map((node): Gate => ({ node, until: 'usable' })) };
  });

describe('a graph is refused', () => {
  test('when a gate names no node, with the node, the gate and the nearest right name', () => {
    expect(() => checkGraph(nodes('rocketchat < mongodb', 'mongo'))).toThrow(
      expect.objectContaining({
        code: 'GRAPH_UNKNOWN_NODE',
        what: 'rocketchat waits until mongodb is usable, and there is no mongodb',
        next: 'did you mean mongo?',
      }),
    );
  });

  test('with all names when none is near', () => {
    expect(() => checkGraph(nodes('a < somethingelse', 'b'))).toThrow(
      expect.objectContaining({ code: 'GRAPH_UNKNOWN_NODE', next: 'name one of: a, b' }),
    );
  });

  test('when services wait for each other, showing the path', () => {
    expect(() => checkGraph(nodes('a < b', 'b < a'))).toThrow(
      expect.objectContaining({ code: 'GRAPH_CYCLE', what: 'a circle of gates: a → b → a' }),
    );
  });

  test('showing only the circle, not what waits for it', () => {
    expect(() => checkGraph(nodes('start', 'x < y start', 'y < b', 'a < c', 'b < a', 'c < b'))).toThrow(
      expect.objectContaining({ code: 'GRAPH_CYCLE', what: 'a circle of gates: b → a → c → b' }),
    );
  });

  test('when a node waits for itself', () => {
    expect(() => checkGraph(nodes('a < a'))).toThrow(
      expect.objectContaining({ code: 'GRAPH_CYCLE', what: 'a circle of gates: a → a' }),
    );
  });

  test('when a gate waits for what its target never becomes', () => {
    const job: GraphNode = { name: 'setup', kind: 'job', gates: [{ node: 'a', until: 'done' }] };
    expect(() => checkGraph([...nodes('a'), job])).toThrow(
      expect.objectContaining({
        code: 'GRAPH_UNKNOWN_NODE',
        what: 'setup waits until a is done, which a service never is',
        next: 'wait until it is started or usable',
      }),
    );
  });

  test('when two nodes have one name', () => {
    expect(() => checkGraph(nodes('a', 'a'))).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });
});

test('nodes start level by level, in the order given within a level', () => {
  const order = startOrder(nodes('d < b c', 'b < a', 'c < a', 'a', 'e'));
  expect(order.map((level) => level.map(({ name }) => name))).toEqual([['a', 'e'], ['b', 'c'], ['d']]);
});

test('an empty graph has nothing to start', () => {
  expect(startOrder([])).toEqual([]);
});

test('dependents are all that wait for a node, also through others', () => {
  const graph = nodes('d < b', 'b < a', 'c', 'a', 'e < c');
  expect(dependentsOf(graph, 'a')).toEqual(['d', 'b']);
  expect(dependentsOf(graph, 'd')).toEqual([]);
});
