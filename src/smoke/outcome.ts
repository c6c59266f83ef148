/** What a smoke test came to, as data for reports. */
import type { Area } from '../contracts/check.ts';
import type { ChatopsError } from '../errors/chatops-error.ts';

export interface CheckOutcome {
  readonly area: Area;
  readonly name: string;
  readonly result: 'passed' | 'failed' | 'left-out';
  readonly tookMs: number;
  /** What was answered; why it failed or was left out. */
  readonly answer: string;
  /** Present exactly when `failed`. */
  readonly error?: ChatopsError;
}

export interface SmokeOutcome {
  readonly stack: string;
  readonly startedAt: Date;
  /** In the order in which they ended. */
  readonly checks: readonly CheckOutcome[];
  readonly tookMs: number;
  /** The total deadline passed before everything was asked. */
  readonly timedOut: boolean;
}

export const failedChecks = ({ checks }: Pick<SmokeOutcome, 'checks'>): readonly CheckOutcome[] =>
  checks.filter(({ result }) => result === 'failed');

/** The first link that does not hold; undefined when all do. */
export const brokenHop = ({ checks }: Pick<SmokeOutcome, 'checks'>): CheckOutcome | undefined =>
  checks.find(({ result, area }) => result === 'failed' && area === 'loop') ??
  checks.find(({ result }) => result === 'failed');
