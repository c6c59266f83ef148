/**
 * When a runner stops asking: job requests answered 403, or not at all, in a row (three by default) rest it for an hour
 * by default; a 5xx does not count (run:commands/health_helper.go, common/consts.go). Pure.
 */
export interface RunnerHealth {
  readonly failures: number;
  /** Simulated; asked again from then on. */
  readonly restsUntil: number;
}

export const HEALTHY: RunnerHealth = { failures: 0, restsUntil: 0 };

export interface HealthRule {
  readonly limit: number;
  readonly restMs: number;
}

export type AskOutcome = 'answered' | 'refused' | 'silent' | 'server-error';

export const isResting = (health: RunnerHealth, now: number): boolean => health.restsUntil > now;

export const afterAsking = (health: RunnerHealth, outcome: AskOutcome, rule: HealthRule, now: number): RunnerHealth => {
  if (outcome === 'answered') return HEALTHY;
  if (outcome === 'server-error') return health;
  const failures = health.failures + 1;
  return failures >= rule.limit ? { failures: 0, restsUntil: now + rule.restMs } : { failures, restsUntil: 0 };
};
