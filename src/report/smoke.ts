/** A smoke test for people: a line per check as it ends, and what it came to. */
import { EXIT } from '../errors/catalogue.ts';
import { brokenHop, type CheckOutcome, failedChecks, type SmokeOutcome } from '../smoke/outcome.ts';
import { duration } from './event-line.ts';

const SIGN = { passed: '  ok  ', failed: '! FAIL', 'left-out': '  -   ' } as const;

const indented = (text: string): string => text.split('\n').join('\n                ');

export const checkLine = ({ area, name, result, tookMs, answer, error }: CheckOutcome): string => {
  const took = result === 'left-out' ? '' : duration(tookMs);
  const line = `${SIGN[result]}  ${area.padEnd(10)}  ${name}  ${took === '' ? '' : `${took}  `}`;
  if (!error) return `${line}${answer}`.trimEnd();
  const why = error.why === undefined ? '' : `\n          why   ${indented(error.why)}`;
  return `${line}${error.what}${why}\n          next  ${indented(error.next)}`;
};

export const smokeSummary = (outcome: SmokeOutcome): string => {
  const failed = failedChecks(outcome);
  const leftOut = outcome.checks.filter(({ result }) => result === 'left-out').length;
  const rest = `${leftOut > 0 ? `${leftOut} left out, ` : ''}${duration(outcome.tookMs)}`;
  const broken = brokenHop(outcome);
  const total = outcome.checks.length;
  const head =
    failed.length === 0
      ? `everything asked holds: ${total} checks, ${rest}`
      : `${failed.length} of ${total} checks failed, ${rest}`;
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
