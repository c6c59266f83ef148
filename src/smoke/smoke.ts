/** The proof that a live stack works, link by link, and with `loop` as a whole. */
import { deliveryChecks } from './checks/delivery.ts';
import { serviceChecks } from './checks/services.ts';
import type { SmokeDeps } from './deps.ts';
import { runLoop } from './loop/loop.ts';
import type { CheckOutcome, SmokeOutcome } from './outcome.ts';
import { isDeadline, leftOutOutcome, runCheck } from './run-check.ts';

/** Several checks need a service to run; it is woken once. */
const wakingOnce = (wake: SmokeDeps['wake']): SmokeDeps['wake'] => {
  const woken = new Map<string, Promise<string | undefined>>();
  return (service, signal) => {
    const known = woken.get(service.name) ?? wake(service, signal);
    woken.set(service.name, known);
    return known;
  };
};

const nothingRuns = (outcomes: readonly CheckOutcome[]): boolean => {
  const services = outcomes.filter(({ area, result }) => area === 'services' && result !== 'left-out');
  return services.length > 0 && services.every(({ result }) => result === 'failed');
};

export interface SmokeOptions {
  /** Also the whole circle on a scratch project. */
  readonly loop: boolean;
  /** How long the whole may take, ms: the signal is aborted then. */
  readonly withinMs: number;
}

/** @param signal aborted with DEADLINE_PASSED at the total deadline @throws its reason for any other abort */
export const runSmoke = async (
  deps: SmokeDeps,
  { loop, withinMs }: SmokeOptions,
  signal: AbortSignal,
): Promise<SmokeOutcome> => {
  const { clock } = deps.ports;
  const startedAt = clock.now();
  const date = clock.date();
  const checks: CheckOutcome[] = [];
  const report = (outcome: CheckOutcome): void => {
    checks.push(outcome);
    deps.report(outcome);
  };
  const waking = { ...deps, wake: wakingOnce(deps.wake) };
  const made = deps.checks.flatMap(({ starting = [] }) => starting).flatMap((make) => make(waking));
  // Each is reported when it ends: what does not answer keeps nobody waiting for what does.
  const starting = [...serviceChecks(waking), ...made].map(async (check) =>
    report(await runCheck(check, clock, signal)),
  );
  await Promise.all(starting);
  const dead = nothingRuns(checks);
  const settled = deps.checks.flatMap(({ settled: once = [] }) => once).flatMap((make) => make(deps));
  for (const check of [...settled, ...deliveryChecks(deps)]) {
    report(dead ? leftOutOutcome(check, 'no service of this stack runs') : await runCheck(check, clock, signal));
  }
  if (loop && !dead) await runLoop({ ...deps, report }, withinMs, signal);
  const timedOut = signal.aborted && isDeadline(signal.reason);
  return { stack: deps.stack.name, startedAt: date, checks, tookMs: clock.now() - startedAt, timedOut };
};
