import { describe, expect, it } from 'vitest';
import type { Look } from '../../../src/engine/look.ts';
import type { NodeOutcome, UpOutcome } from '../../../src/engine/outcome.ts';
import type { FileStep } from '../../../src/engine/plan.ts';
import { absent, type Standing, USABLE } from '../../../src/engine/standing.ts';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';
import { eventLine } from '../../../src/report/event-line.ts';
import { exitStatusOf } from '../../../src/report/exit-status.ts';
import { createJsonReporter, toJson } from '../../../src/report/json.ts';
import { createPlainReporter } from '../../../src/report/plain.ts';
import { statusChanges, statusJson, statusText } from '../../../src/report/status.ts';
import { summaryText } from '../../../src/report/summary.ts';
import { Secret } from '../../../src/values/secret.ts';
import { outletTo } from '../../builders/outlet.ts';

const node = (name: string, rest: Partial<NodeOutcome> = {}): NodeOutcome => ({
  node: name,
  kind: 'job',
  result: 'done',
  tookMs: 10,
  changes: [],
  warnings: [],
  ...rest,
});

const anOutcome = (rest: Partial<UpOutcome> = {}): UpOutcome => ({
  engine: 'embedded',
  engineWhy: 'no Docker answers',
  files: [],
  services: [],
  nodes: [node('conversation')],
  played: [
    { service: 'rocketchat', by: 'stand-in', requests: { read: 4, write: 0, session: 1, traffic: 0 } },
    { service: 'nginx', by: 'real' },
  ],
  urls: { chat: 'http://chat.chatops.localhost:8080' },
  proofs: {
    conversation: {
      messageId: 'm',
      roomId: 'r',
      text: 'The word is kufifebo.',
      at: '2026-01-01T00:00:00.000Z',
      roundTripMs: 8,
    },
  },
  tookMs: 449,
  ...rest,
});

const facts = {
  headline: 'Rehearsal: stand-ins',
  called: { chat: 'chat', git: 'GitLab' },
  administrators: [{ title: 'Wiki', username: 'chief', password: 'WIKI_PASSWORD' }],
  envFile: '/stack/.env',
};
const failed = (code: 'GATE_TIMED_OUT' | 'CONFLICT') =>
  node('x', {
    result: 'failed',
    error: new ChatopsError(code, { what: 'it went wrong', why: 'because', next: 'fix it' }),
  });

describe('the summary', () => {
  it('of a converged run says that nothing changed, who played, and where everything stands', () => {
    expect(summaryText(anOutcome(), facts)).toBe(`
0 changes: everything is as wanted, and was looked at again, 449 ms

engine: embedded (no Docker answers)
  stand-ins, not the real servers: rocketchat
  write requests that reached them in this run: 0
  real programs: nginx

proof
  the bot posted through the front door and read back, in 8 ms, at 2026-01-01T00:00:00.000Z:
      The word is kufifebo.

addresses
  chat: http://chat.chatops.localhost:8080

administrators
  Wiki: chief, its password stands in /stack/.env as WIKI_PASSWORD

Rehearsal: stand-ins
`);
  });

  it('keeps addresses that do not answer apart, each with its reason', () => {
    const urls = { chat: 'http://chat.example', git: 'http://git.example' };
    const text = summaryText(anOutcome({ urls, silent: { git: 'it answers 502' } }), facts);
    expect(text).toContain('\naddresses\n  chat: http://chat.example\n');
    expect(text).toContain(
      '\naddresses that do not answer from this machine\n  GitLab: http://git.example (it answers 502)\n',
    );
  });

  it('says that the addresses are gone with the command when its servers are', () => {
    expect(summaryText(anOutcome(), { ...facts, endsNow: true })).toContain(
      'addresses (the servers end with this command; `up --stay` keeps them)\n',
    );
  });

  it('of a failed run shows what, why and next, and claims no proof', () => {
    const text = summaryText(anOutcome({ nodes: [failed('CONFLICT')] }), facts);
    expect(text).toContain('CONFLICT  it went wrong\n  why   because\n  next  fix it\n');
    expect(text).not.toContain('proof');
  });

  const interrupted = anOutcome({
    nodes: [
      node('mongo', { result: 'ready' }),
      node('gitlab', { result: 'stopped' }),
      node('bot', { result: 'skipped' }),
      node('conversation', { result: 'skipped' }),
    ],
    interrupted: new ChatopsError('INTERRUPTED', { what: 'stopped by SIGINT' }),
  });

  it('of an interrupted run says what stands and what was cut short, and the interruption once', () => {
    const text = summaryText(interrupted, facts);
    expect(text).toContain(
      '\nstopped by SIGINT after 449 ms; what was reached stays, the next run goes on from here\n',
    );
    expect(text).toContain(`
what stands
  reached: mongo
  stopped midway: gitlab
  not reached: bot, conversation
  no server runs any more
`);
    expect(text.match(/^INTERRUPTED {2}stopped by SIGINT$/gm)).toHaveLength(1);
    expect(text).not.toContain('proof');
  });

  it('of an interrupted run says that containers go on', () => {
    expect(summaryText(interrupted, { ...facts, runsOn: true })).toContain(
      '  containers that were started run on; `chatops-up down` stops them\n',
    );
  });
});

describe('the exit status', () => {
  it('is 130 when the run was interrupted, whatever failed before', () => {
    const interrupted = new ChatopsError('INTERRUPTED', { what: 'stopped by SIGTERM' });
    expect(exitStatusOf({ nodes: [failed('CONFLICT'), node('b', { result: 'stopped' })], interrupted })).toBe(130);
  });

  it('is 0 when everything was reached', () => expect(exitStatusOf({ nodes: [node('a')] })).toBe(0));
  it('is 124 when only deadlines passed', () => expect(exitStatusOf({ nodes: [failed('GATE_TIMED_OUT')] })).toBe(124));
  it('is that of the failure when there is one beside a deadline', () =>
    expect(exitStatusOf({ nodes: [failed('GATE_TIMED_OUT'), failed('CONFLICT')] })).toBe(1));
});

describe('events', () => {
  const change = { action: 'create', resource: 'room', name: 'ops', cause: 'there is none' } as const;

  it('read as lines', () => {
    const lines: string[] = [];
    const reporter = createPlainReporter(outletTo((text) => lines.push(text)));
    reporter.begin([]);
    reporter.emit({ type: 'node-waiting', node: 'setup', for: ['chat'] });
    reporter.emit({ type: 'change', node: 'setup', change });
    reporter.emit({ type: 'node-done', node: 'setup', changes: 1, tookMs: 1_234 });
    reporter.emit({ type: 'node-skipped', node: 'bot', because: 'setup' });
    expect(lines).toEqual([
      'setup: + room ops  (there is none)\n',
      'setup: done after 1.2 s, 1 change\n',
      'bot: not reached, because setup failed\n',
    ]);
  });

  it('are one JSON document a line, errors with their code and without their cause', () => {
    const lines: string[] = [];
    const error = new ChatopsError('TOKEN_INVALID', { what: 'w', cause: new Error('private-token: glpat-x') });
    createJsonReporter(outletTo((text) => lines.push(text))).emit({ type: 'node-failed', node: 'gitlab-setup', error });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      type: 'node-failed',
      error: { code: 'TOKEN_INVALID', exitStatus: 1 },
    });
    expect(lines[0]).not.toContain('glpat');
  });

  it('never print a secret', () => expect(toJson({ password: new Secret('x1y2') })).toBe('{"password":"[secret]"}'));

  it('that are only for a live display have no line', () =>
    expect(eventLine({ type: 'gate-answer', node: 'a', reason: 'r', tries: 1 })).toBeUndefined());
});

const DEGRADED: Standing = {
  alive: { answer: 'yes' },
  ready: { answer: 'no', why: 'mongo degraded' },
  usable: { answer: 'no', why: 'mongo degraded' },
};

const aLook = (services: Readonly<Record<string, Standing>>, files: readonly FileStep[] = []): Look => ({
  plan: { files, services: [], jobs: [{ job: 'rocketchat-setup', changes: [], conflicts: [], warnings: [] }] },
  services: new Map(Object.entries(services)),
});
const asItRuns = { startedToLook: false };

describe('the status', () => {
  it('marks the broken links', () => {
    expect(statusText(aLook({ mongo: USABLE, rocketchat: DEGRADED }), asItRuns)).toBe(
      `  mongo             usable
! rocketchat        alive, not ready: mongo degraded
  rocketchat-setup  as wanted

run \`chatops-up plan\` to see what would be done about it
`,
    );
  });

  it('says that nothing runs, and not that it is usable', () => {
    const look = aLook({ mongo: absent('mongo is not running') });
    expect(statusText(look, asItRuns)).toBe(
      `! mongo             mongo is not running
  rocketchat-setup  as wanted

nothing runs: \`chatops-up up\` starts it
`,
    );
    expect(statusJson(look, asItRuns)).toMatchObject({ healthy: false, runs: false });
  });

  it('says that servers were started for the look', () => {
    const look = aLook({ mongo: USABLE });
    expect(statusText(look, { startedToLook: true })).toContain(
      'everything is usable and as wanted; its servers were started for this look only',
    );
    expect(statusJson(look, { startedToLook: true })).toMatchObject({
      healthy: true,
      runs: false,
      startedToLook: true,
    });
  });

  it('has what changed between two looks, a row that went among it', () => {
    const before = aLook({ mongo: USABLE, rocketchat: DEGRADED }, [{ path: 'a', action: 'update', cause: 'c' }]);
    const after = aLook({ mongo: absent('mongo is not running'), rocketchat: DEGRADED });
    expect(statusChanges(before, after)).toEqual([
      '! mongo             mongo is not running',
      '  files             as wanted',
    ]);
    expect(statusChanges(after, after)).toEqual([]);
  });
});

it('the status for programs has the three answers beside the word of 0.1', () => {
  const plan = { files: [], services: [], jobs: [] };
  const services = new Map([
    ['mongo', USABLE],
    ['rocketchat', DEGRADED],
  ]);
  expect(statusJson({ plan, services }, { startedToLook: false })).toMatchObject({
    healthy: false,
    runs: true,
    services: { mongo: 'ready', rocketchat: 'alive, not ready: mongo degraded' },
    questions: { mongo: { usable: { answer: 'yes' } }, rocketchat: DEGRADED },
  });
});

describe('JSON for programs', () => {
  it('gives times in whole milliseconds, however deep they stand', () => {
    const outcome = anOutcome({ nodes: [node('conversation', { tookMs: 142.56406199999998 })], tookMs: 1_000.5 });
    const { tookMs, nodes } = JSON.parse(toJson(outcome));
    expect([tookMs, nodes[0].tookMs]).toEqual([1_001, 143]);
  });

  it('gives the times of events in whole milliseconds', () => {
    const lines: string[] = [];
    const reporter = createJsonReporter(outletTo((text) => lines.push(text)));
    reporter.emit({ type: 'node-ready', node: 'nginx', tookMs: 99.6 });
    expect(lines.map((line) => JSON.parse(line))).toEqual([{ type: 'node-ready', node: 'nginx', tookMs: 100 }]);
  });

  it('leaves every other number as it is', () => {
    expect(JSON.parse(toJson({ share: 0.25, bytes: 1.5 }))).toEqual({ share: 0.25, bytes: 1.5 });
  });
});
