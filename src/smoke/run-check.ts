import type { Check } from '../contracts/check.ts';
import type { Clock } from '../contracts/clock.ts';
import { ChatopsError, toChatopsError } from '../errors/chatops-error.ts';
import type { CheckOutcome } from './outcome.ts';

/** The total deadline, as opposed to the user's interrupt. */
export const isDeadline = (reason: unknown): reason is ChatopsError =>
  reason instanceof ChatopsError && reason.code === 'DEADLINE_PASSED';

const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*/g, '; ');

export const failedOutcome = (
  check: Pick<Check, 'area' | 'name'>,
  error: ChatopsError,
  tookMs: number,
): CheckOutcome => ({
  area: check.area,
  name: check.name,
  result: 'failed',
  tookMs,
  answer: oneLine(error.message),
  error,
});

export const leftOutOutcome = ({ area, name }: Pick<Check, 'area' | 'name'>, answer: string): CheckOutcome => ({
  area,
  name,
  result: 'left-out',
  tookMs: 0,
  answer,
});

/** Never throws for what a check found out. @throws the signal's reason when the user stopped the run */
export const runCheck = async (check: Check, clock: Clock, signal: AbortSignal): Promise<CheckOutcome> => {
  if (signal.aborted && isDeadline(signal.reason)) return leftOutOutcome(check, 'the deadline passed before it');
  const startedAt = clock.now();
  try {
    const answered = await check.run(signal);
    if (answered.kind === 'left-out') return leftOutOutcome(check, answered.why);
    const { area, name } = check;
    return { area, name, result: 'passed', tookMs: clock.now() - startedAt, answer: oneLine(answered.answer) };
  } catch (thrown) {
    const error = toChatopsError(thrown);
    if (signal.aborted && !isDeadline(signal.reason)) throw signal.reason;
    return failedOutcome(check, error, clock.now() - startedAt);
  }
};
