import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../../src/contracts/diagnosis.ts';
import type { NodeOutcome } from '../../../src/engine/outcome.ts';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';
import { failureTexts } from '../../../src/report/failure.ts';

const error = new ChatopsError('GATE_TIMED_OUT', {
  what: 'gate mongo did not open within 5.0 s',
  why: '2 tries; its answers over time:\n0.0 s to 4.9 s, 2 times: connection refused',
  next: 'run `chatops-up status`',
});

const outcome = (node: string, rest: Partial<NodeOutcome>): NodeOutcome => ({
  node,
  kind: 'service',
  result: 'ready',
  tookMs: 1,
  changes: [],
  warnings: [],
  ...rest,
});

const diagnosis: Diagnosis = {
  service: 'mongo',
  container: {
    name: 'demo-mongo-1',
    state: 'restarting',
    exitCode: 137,
    outOfMemory: true,
    engineSays: '',
    startedAt: '2026-01-01T10:11:12.5Z',
    memoryLimit: 16 * 1024 ** 2,
    health: [{ at: '2026-01-01T10:11:13.5Z', exitCode: 1, said: 'not ready: connection refused\nmore' }],
  },
  ends: 4,
  lastEnd: { exitCode: 137, outOfMemory: true },
  lines: ['starting', 'reading journal'],
  cause: { what: 'it was killed for memory', next: 'give it more' },
};

const FAILED = outcome('mongo', { result: 'failed', error });
const WAITING = [
  outcome('set', { kind: 'job', result: 'skipped', because: 'mongo' }),
  outcome('chat', { result: 'skipped', because: 'set' }),
];

describe('the text of a failure', () => {
  it('reports what broke, the likely cause, the container, its health, its log, what was held back, and what to do', () => {
    expect(failureTexts([{ ...FAILED, diagnosis }, ...WAITING, outcome('gitlab', {})])).toEqual([
      `GATE_TIMED_OUT  gate mongo did not open within 5.0 s
  why   2 tries; its answers over time:
        0.0 s to 4.9 s, 2 times: connection refused
  cause most likely: it was killed for memory
  state demo-mongo-1: being started again, ended 4 times in this run, exit code 137, killed for memory, memory limit 16 MiB
  check 10:11:13 unhealthy: not ready: connection refused
  log   | starting
        | reading journal
  held  not reached because of it: set, chat
  next  give it more
        the whole log: docker logs demo-mongo-1`,
    ]);
  });

  it('is the error alone where the engine knows nothing more', () => {
    expect(failureTexts([FAILED])).toEqual([
      `GATE_TIMED_OUT  gate mongo did not open within 5.0 s
  why   2 tries; its answers over time:
        0.0 s to 4.9 s, 2 times: connection refused
  next  run \`chatops-up status\``,
    ]);
  });

  it('says so where there is no container, and where one said nothing', () => {
    const none = { ...diagnosis, container: undefined, cause: undefined };
    expect(failureTexts([{ ...FAILED, diagnosis: none }])[0]).toContain('mongo: there is no container of it');
    expect(failureTexts([{ ...FAILED, diagnosis: { ...diagnosis, lines: [] } }])[0]).toContain('it said nothing');
  });
});
