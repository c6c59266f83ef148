import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StackNode } from '../../../src/stack/stack.ts';
import { stackOf } from '../../builders/stack.ts';
import { anyConfig } from '../../builders/stack-configs.ts';

const keptAs = (node: StackNode): readonly (readonly [node: string, proof: string])[] =>
  node.kind === 'job' && typeof node.job.proof === 'string' ? [[node.name, node.job.proof]] : [];

describe('a job that proves something', () => {
  it('keeps its proof under the name of its node, where a run reads it', () => {
    fc.assert(
      fc.property(anyConfig, (config) => {
        const kept = stackOf(config).nodes.flatMap(keptAs);
        expect(kept.map(([node]) => node)).toContain('conversation');
        for (const [node, proof] of kept) expect(proof).toBe(node);
      }),
    );
  });
});
