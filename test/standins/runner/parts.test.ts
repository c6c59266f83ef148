import { durationMs, parseRunnerConfig } from '@chatops-up/standins/internal/runner/config-file';
import { afterAsking, HEALTHY, isResting } from '@chatops-up/standins/internal/runner/health';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('Go durations', () => {
  it.each([
    ['60m', 3_600_000],
    ['1h30m', 5_400_000],
    ['120s', 120_000],
    ['1.5h', 5_400_000],
    ['2', undefined],
    ['', undefined],
    ['1 h', undefined],
  ])('%s', (text, ms) => expect(durationMs(text)).toBe(ms));
});

describe('config.toml', () => {
  it('variables in url and token are filled in, a trailing slash or /ci is cut', () => {
    const toml = '[[runners]]\nurl = "$URL/ci"\ntoken = "${TOKEN}"\nexecutor = "shell"\n';
    const [runner] = parseRunnerConfig(toml, { URL: 'http://gitlab', TOKEN: 'glrt-x' }).runners;
    expect([runner?.url, runner?.token]).toEqual(['http://gitlab', 'glrt-x']);
  });

  it.each([
    ['check_interval = 0', 3_000],
    ['check_interval = -1', 3_000],
    ['', 3_000],
    ['check_interval = 10', 10_000],
  ])('%s means %i ms', (line, ms) => {
    expect(parseRunnerConfig(line, {}).checkIntervalMs).toBe(ms);
  });
});

describe('health', () => {
  const rule = { limit: 3, restMs: 3_600_000 };
  const outcome = fc.constantFrom('answered', 'refused', 'silent', 'server-error' as const);

  it('rests exactly when three refusals or silences came with no answer between', () => {
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 20 }), (outcomes) => {
        let health = HEALTHY;
        let inRow = 0;
        for (const [index, one] of outcomes.entries()) {
          health = afterAsking(health, one, rule, index);
          if (one === 'answered') inRow = 0;
          else if (one !== 'server-error') inRow += 1;
          if (isResting(health, index)) return inRow === 3;
          if (inRow >= 3) return false;
        }
        return true;
      }),
    );
  });
});
