import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nothingToDo } from '../../../src/contracts/job.ts';
import type { Answer, Probe } from '../../../src/contracts/probe.ts';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';
import { type AnswerOptions, answerQuestions } from '../../../src/prober/answer-questions.ts';
import { createAsking } from '../../../src/prober/ask-prober.ts';
import { parseJobLine } from '../../../src/prober/job-lines.ts';
import { splitLines } from '../../../src/prober/lines.ts';
import type { JobQuestion } from '../../../src/prober/probe-lines.ts';
import type { ProbeSpec } from '../../../src/stack/stack.ts';
import { outletTo } from '../../builders/outlet.ts';

const TCP: ProbeSpec = { what: 'tcp', endpoint: { service: 'gitlab', port: 80 } };
const signal = new AbortController().signal;

/** Both ends joined without a network; chunks are cut where `cut` says. */
const joined = (ask: Probe['ask'], options: { asked?: ProbeSpec[]; decide?: AnswerOptions['decide'] } = {}) => {
  const asking = createAsking((line) => answering.feed(line));
  const answering = answerQuestions({
    probeOf: (spec) => {
      options.asked?.push(spec);
      return { id: spec.what, ask };
    },
    readinessOf: (service) => (service === 'gitlab' ? TCP : undefined),
    decide: options.decide ?? (() => Promise.reject(new Error('no job was to be decided on'))),
    write: outletTo((line) => asking.feed(line)),
  });
  return { asking, answering };
};

describe('asking the prober', () => {
  it.each<Answer>([
    { kind: 'ready' },
    { kind: 'ready', detail: 'PRIMARY is mongo:27017' },
    { kind: 'ready', detail: 'runner 7', caution: 'its token ends tomorrow' },
    { kind: 'not-ready', reason: 'HTTP 503' },
  ])('brings every answer over as it is: %j', async (answer) => {
    const { asking } = joined(async () => answer);
    expect(await asking.ask(TCP, signal)).toEqual(answer);
  });

  it('brings an error over with its code, texts and exit status', async () => {
    const error = new ChatopsError('LOGIN_REFUSED', { what: 'login of hubot refused', why: '401', next: 'compare' });
    const { asking } = joined(async () => ({ kind: 'cannot-tell', error }));
    const answer = await asking.ask(TCP, signal);
    expect(answer).toMatchObject({ kind: 'cannot-tell', error: { code: 'LOGIN_REFUSED', next: 'compare' } });
    expect(answer.kind === 'cannot-tell' && answer.error.exitStatus).toBe(1);
  });

  it('lets a slow question not hold up a quick one', async () => {
    let asked = 0;
    const { asking } = joined(() => {
      asked += 1;
      return asked === 1 ? new Promise(() => undefined) : Promise.resolve({ kind: 'ready' });
    });
    void asking.ask(TCP, signal);
    expect(await asking.ask(TCP, signal)).toEqual({ kind: 'ready' });
  });

  it('cancels the question at the prober when the asker gives up', async () => {
    const cancelled = new Promise<void>((resolve) => {
      const { asking } = joined(
        (stop) =>
          new Promise((_, reject) => {
            stop.addEventListener('abort', () => {
              resolve();
              reject(stop.reason);
            });
          }),
      );
      const giveUp = new AbortController();
      asking.ask(TCP, giveUp.signal).catch(() => undefined);
      giveUp.abort();
    });
    await expect(cancelled).resolves.toBeUndefined();
  });

  it('notifies everybody who waits when the connection ends, and those who ask later', async () => {
    const { asking } = joined(() => new Promise(() => undefined));
    const waiting = asking.ask(TCP, signal);
    asking.end('the prober ended');
    expect(await waiting).toEqual({ kind: 'not-ready', reason: 'the prober ended', unasked: true });
    expect(await asking.ask(TCP, signal)).toEqual({ kind: 'not-ready', reason: 'the prober ended', unasked: true });
  });
});

describe('asking the prober what a job would do', () => {
  const never: Probe['ask'] = async () => expect.fail('a probe was asked');
  const question: JobQuestion = {
    job: { job: 'mongo-replica-set', set: 'rs0', members: [] },
    secrets: { TOKEN: 'value' },
    files: { 'a.toml': 'text' },
  };
  const ask = (decide: AnswerOptions['decide'], warnings: string[] = []) =>
    joined(never, { decide }).asking.decide(question, (text) => warnings.push(text), signal);

  it('brings the decision over with its changes, and the proof of before', async () => {
    const change = { action: 'create', resource: 'room', name: 'ops', cause: 'there is none' } as const;
    const decision = { changes: [change], conflicts: [], warnings: [], more: true };
    const proof = { messageId: 'm', roomId: 'r', text: 't', at: '2026-01-01T00:00:00.000Z', roundTripMs: 1 };
    expect(await ask(async () => ({ kind: 'decided', decision, proof }))).toEqual({ kind: 'decided', decision, proof });
  });

  it('hands over the job, its secrets and its files', async () => {
    const asked: JobQuestion[] = [];
    await ask(async (each) => {
      asked.push(each);
      return { kind: 'decided', decision: nothingToDo };
    });
    expect(asked).toMatchObject([question]);
  });

  it('brings the error over that the look ended with', async () => {
    const error = new ChatopsError('LOGIN_REFUSED', { what: 'login of hubot refused' });
    expect(await ask(() => Promise.reject(error))).toMatchObject({ kind: 'failed', error: { code: 'LOGIN_REFUSED' } });
  });

  it('brings over that it does not know such a job', async () => {
    expect(await ask(async () => ({ kind: 'unknown' }))).toEqual({ kind: 'unknown' });
  });

  it('reports warnings as they come, before the decision', async () => {
    const warnings: string[] = [];
    const decided = ask(async (_, onWarning) => {
      onWarning('the server asks to wait 2 s');
      return { kind: 'decided', decision: nothingToDo };
    }, warnings);
    await decided;
    expect(warnings).toEqual(['the server asks to wait 2 s']);
  });

  it('is undecided when the connection ends', async () => {
    const { asking } = joined(never, { decide: () => new Promise(() => undefined) });
    const decided = asking.decide(question, () => undefined, signal);
    asking.end('the prober ended');
    expect(await decided).toBeUndefined();
  });
});

describe('what may be asked', () => {
  const reported = (line: string) =>
    new Promise<string>((resolve) => {
      answerQuestions({
        probeOf: () => ({ id: 'x', ask: async () => ({ kind: 'ready' }) }),
        readinessOf: (service) => (service === 'gitlab' ? TCP : undefined),
        decide: async () => ({ kind: 'decided', decision: nothingToDo }),
        write: outletTo(resolve),
      }).feed(`${line}\n`);
    });

  it('services of the table by their names, and questions of any kind', async () => {
    expect(await reported(JSON.stringify({ id: 1, service: 'gitlab' }))).toContain('"kind":"ready"');
    expect(await reported(JSON.stringify({ id: 1, service: 'evil' }))).toContain('has no service evil');
    expect(await reported(JSON.stringify({ id: 1, spec: TCP }))).toContain('"kind":"ready"');
  });

  it('what a job would do', async () => {
    const line = JSON.stringify({ id: 1, job: { job: 'conversation' }, secrets: {}, files: {} });
    expect(await reported(line)).toContain('"kind":"decided"');
  });

  it('what is not understood is refused, so that nobody waits for an answer', async () => {
    expect(await reported('{"id":1,"riddle":"?"}')).toContain('another version');
  });

  it('never fails on a line, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const { answering } = joined(async () => ({ kind: 'ready' }));
        expect(() => answering.feed(`${text}\n`)).not.toThrow();
        expect(() => parseJobLine(text)).not.toThrow();
      }),
    );
  });
});

describe('lines out of chunks', () => {
  it('are the same however the text was cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string().map((text) => text.replaceAll('\n', ''))),
        fc.infiniteStream(fc.integer({ min: 1, max: 7 })),
        (lines, cuts) => {
          const wanted = lines.filter((line) => line.trim() !== '');
          const seen: string[] = [];
          const feed = splitLines((line) => seen.push(line));
          const text = lines.map((line) => `${line}\n`).join('');
          for (let at = 0; at < text.length; ) {
            const size = cuts.next().value ?? 1;
            feed(text.slice(at, at + size));
            at += size;
          }
          expect(seen).toEqual(wanted);
        },
      ),
    );
  });
});
