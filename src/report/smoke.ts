/** A smoke test for people: a line per check as it ends, and what it came to. */
import { EXIT } from '../errors/catalogue.ts';
import { brokenHop, type CheckOutcome, failedChecks, type SmokeOutcome } from '../smoke/outcome.ts';
import { duration } from './event-line.ts';

const SIGN = { passed: '  ok  ', failed: '! FAIL', 'left-out': '  -   ' } as const;

const indented = (text: string): string => text.split('\n').join('\n                ');

/** Lines of checks in the order in which they end; what to do is said once, however many need it. */
export const createCheckLines = (): ((check: CheckOutcome) => string) => {
  const said = new Set<string>();
  return (check) => {
    const next = check.error?.next;
    const isKnown = next !== undefined && said.has(next);
    if (next !== undefined) said.add(next);
    return checkLine(check, isKnown);
  };
};

/** @param nextIsKnown what to do about it was said before. Default false */
export const checkLine = ({ area, name, result, tookMs, answer, error }: CheckOutcome, nextIsKnown = false): string => {
  const took = result === 'left-out' ? '' : duration(tookMs);
  const line = `${SIGN[result]}  ${area.padEnd(10)}  ${name}  ${took === '' ? '' : `${took}  `}`;
  if (!error) return `${line}${answer}`.trimEnd();
  const why = error.why === undefined ? '' : `\n          why   ${indented(error.why)}`;
  return `${line}${error.what}${why}${nextIsKnown ? '' : `\n          next  ${indented(error.next)}`}`;
};

interface Counted {
  readonly total: number;
  readonly asked: number;
  readonly failed: number;
  readonly timedOut: boolean;
}

const headOf = ({ total, asked, failed, timedOut }: Counted, rest: string): string => {
  if (failed > 0) return `${failed} of ${total} checks failed, ${rest}`;
  if (asked === 0) return `nothing was asked: ${total} checks, ${rest}`;
  // What was not asked is not known to hold.
  return timedOut ? `${asked} of ${total} checks hold, ${rest}` : `everything asked holds: ${total} checks, ${rest}`;
};

export const smokeSummary = (outcome: SmokeOutcome): string => {
  const failed = failedChecks(outcome);
  const leftOut = outcome.checks.filter(({ result }) => result === 'left-out').length;
  const rest = `${leftOut > 0 ? `${leftOut} left out, ` : ''}${duration(outcome.tookMs)}`;
  const broken = brokenHop(outcome);
  const total = outcome.checks.length;
  const head = headOf({ asked: total - leftOut, failed: failed.length, total, timedOut: outcome.timedOut }, rest);
  return [
    '',
    outcome.timedOut ? `the deadline passed; ${head}` : head,
    ...(broken ? [`broken: ${broken.area === 'loop' ? `hop "${broken.name}" of the loop` : broken.name}`] : []),
    '',
  ].join('\n');
};

export const smokeExitStatus = (outcome: SmokeOutcome): number => {
  if (outcome.timedOut) return EXIT.timedOut;
  return failedChecks(outcome).length > 0 ? EXIT.failed : EXIT.ok;
};
