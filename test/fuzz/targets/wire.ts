/** Lines and documents between our own programs, of any version: read or refused, never a fault of ours. */

import { createAsking } from '../../../src/prober/ask-prober.ts';
import { parseJobLine } from '../../../src/prober/job-lines.ts';
import { parseQuestion, parseReply } from '../../../src/prober/probe-lines.ts';
import { parseReachLine } from '../../../src/prober/reach-lines.ts';
import { eventLine } from '../../../src/report/event-line.ts';
import { must, type Target } from '../target.ts';

const jobLines: Target = {
  name: 'job-lines',
  seeds: [
    '{"type":"change","node":"gitlab-setup","change":{"action":"create","resource":"hook","name":"ops/app","cause":"there is none"}}',
    '{"type":"node-done","node":"conversation","changes":0,"tookMs":12.5}',
    '{"type":"error","code":"JOB_FAILED","what":"it failed","why":"because","next":"look"}',
    '{"type":"proof","node":"conversation","proof":{"messageId":"a","roomId":"b","text":"c","at":"2026-01-01T00:00:00Z","roundTripMs":3}}',
  ],
  run: (text) => {
    const line = parseJobLine(text);
    if (line === undefined || line.type === 'error' || line.type === 'proof') return;
    must(typeof (eventLine(line) ?? '') === 'string', 'no line for it');
  },
};

const questions: Target = {
  name: 'questions',
  seeds: [
    '{"id":1,"service":"gitlab"}',
    '{"id":2,"spec":{"what":"tcp","endpoint":{"service":"mongo","port":27017}}}',
    '{"id":3,"job":{"job":"x"},"secrets":{"A":"b"},"files":{}}',
  ],
  run: (text) => {
    const question = parseQuestion(text);
    must(question === undefined || typeof question.id === 'number', 'a question without a number');
  },
};

const replies: Target = {
  name: 'replies',
  seeds: [
    '{"id":1,"answer":{"kind":"ready","detail":"here"}}',
    '{"id":1,"answer":{"kind":"cannot-tell","error":{"code":"X","what":"a","next":"b"}}}',
    '{"id":1,"warning":"slow"}',
    '{"id":1,"decided":{"kind":"failed","error":{"code":"JOB_FAILED","what":"a","next":"b"}}}',
  ],
  run: (text) => {
    createAsking(() => undefined).feed(`${text}\n`);
    const reply = parseReply(text);
    if (reply === undefined || !('answer' in reply) || reply.answer.kind !== 'cannot-tell') return;
    must(Number.isInteger(reply.answer.error.exitStatus), 'an error without an exit status');
  },
};

const reached: Target = {
  name: 'reached',
  seeds: [
    '{"reached":[{"kind":"reached","address":"10.0.0.1","ms":1.2}]}',
    '{"reached":[{"kind":"no-name","why":"ENOTFOUND"}]}',
  ],
  run: (text) => {
    const read = parseReachLine(text, 1);
    must(read === undefined || read.length === 1, 'another number of outcomes');
  },
};

export const wire: readonly Target[] = [jobLines, questions, replies, reached];
