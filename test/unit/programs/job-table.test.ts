import { describe, expect, test } from 'vitest';
import { findJob } from '../../../src/programs/job-table.ts';

const TABLE = JSON.stringify({ jobs: { ping: { job: { job: 'ping', of: 'chat' }, withinMs: 5_000 } } });

describe('the table of jobs', () => {
  test('says what a job is to do, and within which time', () => {
    expect(findJob(TABLE, 'ping', '/stack')).toEqual({
      name: 'ping',
      job: { job: 'ping', of: 'chat' },
      withinMs: 5_000,
    });
  });

  test.each(['pong', 'constructor', '__proto__'])('refuses %s, which is not in it, with the names that are', (name) => {
    expect(() => findJob(TABLE, name, '/stack')).toThrowError(
      expect.objectContaining({ code: 'USAGE', what: `this stack has no job ${name}`, why: 'it has ping' }),
    );
  });

  test('that is missing is said to be, with the command that writes it', () => {
    expect(() => findJob(undefined, 'ping', '/stack')).toThrowError(
      expect.objectContaining({
        what: 'there is no compose/jobs.json in /stack',
        next: expect.stringContaining('chatops-up render'),
      }),
    );
  });

  test.each(['', '{', 'null', '[]', '{"jobs":3}', '{"jobs":null}'])('that is %j is refused as no table', (text) => {
    expect(() => findJob(text, 'ping', '/stack')).toThrowError(
      expect.objectContaining({ code: 'USAGE', what: 'compose/jobs.json cannot be read' }),
    );
  });
});
