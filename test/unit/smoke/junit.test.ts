/** The JUnit report, judged by an XML parser we did not write where there is one. */
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';
import { junitXml } from '../../../src/report/junit.ts';
import { smokeExitStatus, smokeSummary } from '../../../src/report/smoke.ts';
import type { CheckOutcome, SmokeOutcome } from '../../../src/smoke/outcome.ts';
import { have, leftOut } from '../../helpers/available.ts';
import { cases } from '../../helpers/cases.ts';

const outcome = (checks: readonly CheckOutcome[], timedOut = false): SmokeOutcome => ({
  stack: 'demo',
  startedAt: new Date('2026-08-20T10:00:00Z'),
  checks,
  tookMs: 1_234,
  timedOut,
});
const passed: CheckOutcome = { area: 'chat', name: 'login', result: 'passed', tookMs: 12, answer: 'in' };
const failed: CheckOutcome = {
  area: 'loop',
  name: 'runner',
  result: 'failed',
  tookMs: 5,
  answer: 'no <runner>',
  error: new ChatopsError('SERVICE_FAILED', { what: 'no <runner>', why: 'a & b', next: 'resume "it"' }),
};
const leftOutCheck: CheckOutcome = { area: 'loop', name: 'job', result: 'left-out', tookMs: 0, answer: 'not reached' };

describe('the JUnit report', () => {
  it('has a test case for each check, its failure with what, why and next', () => {
    expect(junitXml(outcome([passed, failed, leftOutCheck]))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="chatops-up smoke demo" tests="3" failures="1" errors="0" skipped="1" time="1.234">
<testsuite name="chatops-up smoke demo" tests="3" failures="1" errors="0" skipped="1" time="1.234" timestamp="2026-08-20T10:00:00">
<testcase classname="chatops-up smoke demo.chat" name="login" time="0.012"><system-out>in</system-out></testcase>
<testcase classname="chatops-up smoke demo.loop" name="runner" time="0.005"><failure message="no &lt;runner&gt;" type="SERVICE_FAILED">SERVICE_FAILED  no &lt;runner&gt;&#10;  why   a &amp; b&#10;  next  resume &quot;it&quot;</failure></testcase>
<testcase classname="chatops-up smoke demo.loop" name="job" time="0.000"><skipped message="not reached"/></testcase>
<system-err>broken: loop: runner</system-err>
</testsuite>
</testsuites>
`);
  });

  it('names the broken hop to people too, and ends with 0, 1 or 124', () => {
    expect(smokeSummary(outcome([passed, failed, leftOutCheck]))).toContain('broken: hop "runner" of the loop');
    expect(smokeExitStatus(outcome([passed, leftOutCheck]))).toBe(0);
    expect(smokeExitStatus(outcome([failed]))).toBe(1);
    expect(smokeExitStatus(outcome([failed], true))).toBe(124);
  });
});

const python = have('python3', ['-c', 'import xml.etree']);
if (!python) leftOut('JUnit read by an XML parser', 'no python3');

const JUDGE = `
import json, sys
import xml.etree.ElementTree as tree
out = []
for document in json.load(sys.stdin):
    root = tree.fromstring(document.encode('utf-8'))
    out.append([[case.get('name'), case[0].get('message') if len(case) else None] for case in root.iter('testcase')])
json.dump(out, sys.stdout)
`;

describe.runIf(python)('the JUnit report read by another', () => {
  it('is well-formed XML that gives every text back, whatever a check answers', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(']]>', '<!--', '\u0000\u001b\ud800x', 'a\r\n\tb'),
    );
    const texts = fc.sample(fc.tuple(text, text), { numRuns: cases(300), seed: 7 });
    const documents = texts.map(([name, answer]) => junitXml(outcome([{ ...failed, name, answer }])));
    const judged = spawnSync('python3', ['-c', JUDGE], { input: JSON.stringify(documents), encoding: 'utf8' });
    expect(judged.stderr).toBe('');
    const kept = (value: string) =>
      // What XML has no place for is shown by the replacement character.
      value.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
    expect(JSON.parse(judged.stdout)).toEqual(texts.map(([name, answer]) => [[kept(name), kept(answer)]]));
  });
});
