import { describe, expect, it } from 'vitest';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';
import { createCheckLines, smokeExitStatus, smokeSummary } from '../../../src/report/smoke.ts';
import type { CheckOutcome, SmokeOutcome } from '../../../src/smoke/outcome.ts';

const check = (name: string, rest: Partial<CheckOutcome> = {}): CheckOutcome => ({
  area: 'services',
  name,
  result: 'passed',
  tookMs: 4,
  answer: 'ready',
  ...rest,
});
const leftOut = (name: string) => check(name, { result: 'left-out', answer: 'the deadline passed before it' });
const failed = (name: string, why: string) =>
  check(name, { result: 'failed', error: new ChatopsError('UNREACHABLE', { what: 'no answer', why }) });
const outcome = (checks: readonly CheckOutcome[], timedOut = false): SmokeOutcome => ({
  stack: 'demo',
  startedAt: new Date(0),
  checks,
  tookMs: 100,
  timedOut,
});

describe('what a smoke test came to', () => {
  it('holds when everything was asked', () => {
    expect(smokeSummary(outcome([check('mongo'), check('bot')]))).toBe('\neverything asked holds: 2 checks, 100 ms\n');
  });

  it('is unknown where the deadline left everything out', () => {
    const nothing = outcome([leftOut('mongo'), leftOut('bot')], true);
    expect(smokeSummary(nothing)).toBe('\nthe deadline passed; nothing was asked: 2 checks, 2 left out, 100 ms\n');
    expect(smokeExitStatus(nothing)).toBe(124);
  });

  it('is known of what was asked before the deadline', () => {
    const some = outcome([check('mongo'), leftOut('bot')], true);
    expect(smokeSummary(some)).toBe('\nthe deadline passed; 1 of 2 checks hold, 1 left out, 100 ms\n');
  });

  it('says once what to do, however many checks need it', () => {
    const lineOf = createCheckLines();
    const lines = ['mongo', 'bot', 'gitlab'].map((name) => lineOf(failed(name, `${name}: connection refused`)));
    expect(lines.map((line) => /\n {10}next {2}/.test(line))).toEqual([true, false, false]);
    expect(lines.every((line) => /\n {10}why {3}\w+: connection refused/.test(line))).toBe(true);
  });
});
