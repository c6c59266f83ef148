/**
 * A smoke test as JUnit XML, in the form that CI systems read: one test case a
 * check. Pure.
 */
import { formatError } from '../errors/chatops-error.ts';
import { brokenHop, type CheckOutcome, type SmokeOutcome } from '../smoke/outcome.ts';

/** Characters that XML 1.0 (section 2.2) has no place for, escaped or not: controls, lone surrogates, two non-characters. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // Else an attribute's line breaks and tabs are read as spaces (section 3.3.3), and a carriage return as a line feed.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

export const escapeXml = (text: string): string =>
  text.replace(NOT_XML, '\ufffd').replace(/[&<>"'\t\n\r]/g, (char) => ENTITIES[char] ?? char);

const seconds = (ms: number): string => (Math.max(0, ms) / 1_000).toFixed(3);

const element = (name: string, attributes: Readonly<Record<string, string | number>>, inner?: string): string => {
  const opened = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escapeXml(String(value))}"`)];
  return inner === undefined ? `<${opened.join(' ')}/>` : `<${opened.join(' ')}>${inner}</${name}>`;
};

const verdict = ({ result, answer, error }: CheckOutcome): string => {
  if (result === 'left-out') return element('skipped', { message: answer });
  if (result === 'passed') return element('system-out', {}, escapeXml(answer));
  return element(
    'failure',
    { message: answer, type: error?.code ?? 'FAILED' },
    escapeXml(error ? formatError(error) : answer),
  );
};

const testCase = (suite: string, check: CheckOutcome): string =>
  element(
    'testcase',
    { classname: `${suite}.${check.area}`, name: check.name, time: seconds(check.tookMs) },
    verdict(check),
  );

export const junitXml = (outcome: SmokeOutcome): string => {
  const { checks, stack, startedAt, tookMs } = outcome;
  const suite = `chatops-up smoke ${stack}`;
  const count = (result: CheckOutcome['result']): number => checks.filter((check) => check.result === result).length;
  const totals = {
    name: suite,
    tests: checks.length,
    failures: count('failed'),
    errors: 0,
    skipped: count('left-out'),
    time: seconds(tookMs),
  };
  const broken = brokenHop(outcome);
  const inner = [
    ...checks.map((check) => testCase(suite, check)),
    ...(broken ? [element('system-err', {}, escapeXml(`broken: ${broken.area}: ${broken.name}`))] : []),
  ];
  const body = element(
    'testsuite',
    { ...totals, timestamp: startedAt.toISOString().slice(0, 19) },
    `\n${inner.join('\n')}\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', totals, `\n${body}\n`)}\n`;
};
