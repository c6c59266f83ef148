import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { secretsOf as probeSecrets } from '../../src/contracts/probe-kinds.ts';
import { checkGraph, dependentsOf, type GraphNode, startOrder } from '../../src/stack/graph.ts';
import { secretNames } from '../../src/stack/secret-names.ts';
import { PROBE_KINDS } from '../../src/wiring/probe-kinds.ts';
import { secretsOf, stackOf } from '../builders/stack.ts';
import { anyConfig, hostileConfig, shuffledKeys } from '../builders/stack-configs.ts';
import { cases } from '../helpers/cases.ts';

const runs = { numRuns: cases(30) };

describe('every stack that can be built', () => {
  test('is a graph without circles and unknown names', () => {
    fc.assert(
      fc.property(hostileConfig, (config) => checkGraph(stackOf(config).nodes)),
      runs,
    );
  });

  test('is the same whatever the order of keys in the configuration', () => {
    fc.assert(
      fc.property(hostileConfig, (config) => {
        expect(stackOf(shuffledKeys(config)).nodes).toEqual(stackOf(config).nodes);
      }),
      runs,
    );
  });

  test('names exactly the secrets that .env is made with', () => {
    fc.assert(
      fc.property(anyConfig, (config) => {
        const listed = new Set(secretsOf(config).map(({ name }) => name));
        const named = stackOf(config).nodes.flatMap((node) =>
          node.kind === 'job' ? secretNames(node.job) : probeSecrets(PROBE_KINDS, node.usable),
        );
        expect([...new Set(named)].filter((name) => !listed.has(name))).toEqual([]);
      }),
      runs,
    );
  });

  test('lets the conversation wait for everything but the prober', () => {
    fc.assert(
      fc.property(anyConfig, (config) => {
        const { nodes } = stackOf(config);
        const others = nodes.map(({ name }) => name).filter((name) => !['prober', 'announcement'].includes(name));
        const untold = others.filter(
          (name) => name !== 'conversation' && !dependentsOf(nodes, name).includes('conversation'),
        );
        expect(untold).toEqual([]);
      }),
      runs,
    );
  });

  test('never lets a bundled GitLab wait for the chat', () => {
    fc.assert(
      fc.property(anyConfig, (config) => {
        const gitlab = stackOf(config).nodes.find(({ name }) => name === 'gitlab');
        expect(gitlab?.gates ?? []).toEqual([]);
      }),
      runs,
    );
  });
});

/** Nodes 0…n-1, each waiting for some of those before it: without circles by construction. */
const graphs: fc.Arbitrary<readonly GraphNode[]> = fc
  .array(fc.array(fc.nat({ max: 30 }), { maxLength: 4 }), { maxLength: 30 })
  .chain((waits) =>
    fc.shuffledSubarray(
      waits.map(
        (targets, index): GraphNode => ({
          name: `n${index}`,
          kind: 'service',
          gates: targets.filter((target) => target < index).map((target) => ({ node: `n${target}`, until: 'usable' })),
        }),
      ),
      { minLength: waits.length },
    ),
  );

describe('the start order of any graph without circles', () => {
  test('has every node once, after all it waits for, and no later than needed', () => {
    fc.assert(
      fc.property(graphs, (nodes) => {
        const levels = startOrder(nodes);
        const levelOf = new Map(levels.flatMap((level, index) => level.map(({ name }) => [name, index] as const)));
        expect(levels.flat()).toHaveLength(nodes.length);
        for (const { name, gates } of nodes) {
          const earliest = Math.max(-1, ...gates.map(({ node }) => levelOf.get(node) ?? Number.NaN)) + 1;
          expect(levelOf.get(name)).toBe(earliest);
        }
      }),
    );
  });

  test('becomes a shown circle when the last node of a chain is waited for by its first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), (length) => {
        const nodes = Array.from(
          { length },
          (_, index): GraphNode => ({
            name: `n${index}`,
            kind: 'service',
            gates: [{ node: `n${(index + 1) % length}`, until: 'started' }],
          }),
        );
        const path = [...nodes.map(({ name }) => name), 'n0'].join(' → ');
        expect(() => checkGraph(nodes)).toThrow(expect.objectContaining({ what: `a circle of gates: ${path}` }));
      }),
    );
  });
});
