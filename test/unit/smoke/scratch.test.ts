import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leftBehind, planScratch } from '../../../src/smoke/loop/scratch.ts';
import { aStack } from '../../builders/stack.ts';

const stack = aStack({ name: 'demo' });
const now = new Date('2026-08-20T10:00:00Z');
const made = planScratch(stack, 'bodegaku', { now, withinMs: 60_000 });
const later = (ms: number): Date => new Date(now.getTime() + ms);
const LONG = 3_600_000;

describe('a scratch project', () => {
  it('says in its description when its run must have removed it', () => {
    expect(made.description).toBe(
      'Made by chatops-up smoke [chatops-up:demo smoke bodegaku] at 2026-08-20T10:00:00.000Z, gone by 2026-08-20T10:03:00.000Z; may be deleted',
    );
  });

  it('is left behind only after that time', () => {
    expect(leftBehind(stack, made, later(60_000))).toBeUndefined();
    expect(leftBehind(stack, made, later(LONG))).toBe('2026-08-20T10:00:00.000Z');
  });

  it('is ours in whatever group it lies', () => {
    expect(leftBehind(stack, { ...made, path: 'ops/ci/chatops-smoke-bodegaku' }, later(LONG))).toBeDefined();
  });

  it.each([
    ['of another stack', { ...made, description: made.description.replace(':demo', ':other') }],
    ['whose name a user changed', { ...made, path: 'ops/chatops-smoke-keep' }],
    ['that GitLab deletes already', { ...made, path: `${made.path}-deletion_scheduled-7` }],
    ['whose description a user went on with', { ...made, description: `${made.description}. Keep it` }],
    ['without a time', { ...made, description: made.description.replace(/gone by \S+;/, 'gone by noon;') }],
  ])('%s is left alone', (_what, project) => {
    expect(leftBehind(stack, project, later(LONG))).toBeUndefined();
  });

  it('with any other description is left alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (description) => {
        expect(leftBehind(stack, { ...made, description }, later(LONG))).toBeUndefined();
      }),
    );
  });
});
