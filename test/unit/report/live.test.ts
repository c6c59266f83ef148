/** What stands on a terminal while a run goes on, and after it. */
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { screenOf } from '../../../docs/scripts/terminal-screen.ts';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';
import { createLiveReporter } from '../../../src/report/live.ts';
import { known } from '../../builders/outlet.ts';

const createTerminal = () => {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: true, columns: 120, rows: 40 });
  let written = '';
  const looks = new Set<() => void>();
  stream.on('data', (text: string) => {
    written += text;
    for (const look of looks) look();
  });
  const lines = (): readonly string[] =>
    screenOf(written)
      .map((pieces) =>
        pieces
          .map(({ text }) => text)
          .join('')
          .trimEnd(),
      )
      .filter((line) => line !== '');
  /** Resolves with the screen as soon as this stands on it. */
  const shows = (text: string): Promise<readonly string[]> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!lines().some((line) => line.includes(text))) return;
        looks.delete(look);
        resolve(lines());
      };
      looks.add(look);
      look();
    });
  return { stream: stream as unknown as NodeJS.WriteStream, lines, shows };
};

const begin = (...names: readonly string[]) => {
  const terminal = createTerminal();
  let passed = 0;
  const reporter = createLiveReporter(terminal.stream, known().clean, { now: () => passed });
  reporter.begin(names.map((name) => ({ name, kind: 'service' as const, withinMs: 900_000 })));
  const pass = (ms: number): void => {
    passed += ms;
  };
  return { ...terminal, reporter, pass };
};

describe('the live display', () => {
  it('has a line for each node in start order, with what came of it and how long it took', async () => {
    const { reporter, lines, shows } = begin('mongo', 'rocketchat-setup', 'gitlab-setup');
    reporter.emit({ type: 'node-waiting', node: 'gitlab-setup', for: [] });
    await shows('· gitlab-setup');
    reporter.emit({ type: 'node-done', node: 'gitlab-setup', changes: 0, tookMs: 20 });
    reporter.emit({ type: 'node-done', node: 'rocketchat-setup', changes: 1, tookMs: 300 });
    reporter.emit({ type: 'node-ready', node: 'mongo', tookMs: 1_500 });
    await reporter.end();
    expect(lines()).toEqual([
      '✔ mongo  ready, 1.5 s',
      '✔ rocketchat-setup  1 change, 300 ms',
      '✔ gitlab-setup  nothing to change, 20 ms',
    ]);
  });

  it('has what a node said before its line was drawn', async () => {
    const { reporter, lines } = begin('mongo');
    reporter.emit({ type: 'node-ready', node: 'mongo', tookMs: 3 });
    await reporter.end();
    expect(lines()).toEqual(['✔ mongo  ready, 3 ms']);
  });

  it('shows why a node failed below it, and what was not reached because of it', async () => {
    const { reporter, lines } = begin('mongo', 'mongo-replica-set', 'bot');
    const error = new ChatopsError('PORT_TAKEN', { what: 'port 27017 cannot be opened', why: 'EADDRINUSE' });
    reporter.emit({ type: 'node-failed', node: 'mongo', error });
    reporter.emit({ type: 'node-skipped', node: 'mongo-replica-set', because: 'mongo' });
    await reporter.end();
    expect(lines()).toEqual([
      '✖ mongo',
      expect.stringMatching(/^ +› mongo {2}port 27017 cannot be opened/),
      '- mongo-replica-set  not reached, because mongo failed',
      '- bot  not reached',
    ]);
  });

  it('shows no node of a run that ended before its first one: neither a tick nor a cross', async () => {
    const { reporter, lines } = begin('mongo', 'bot');
    reporter.emit({ type: 'warning', node: 'preflight', text: 'little memory' });
    await reporter.end();
    expect(lines()).toEqual(['preflight: warning: little memory']);
  });

  it('says what is wrong with the machine before anything of the run, and not in the middle of it', async () => {
    const { reporter, lines, shows } = begin('mongo');
    reporter.emit({ type: 'warning', node: 'preflight', text: 'little memory' });
    reporter.emit({ type: 'node-started', node: 'mongo', kind: 'service' });
    await shows(' mongo');
    reporter.emit({ type: 'warning', node: 'preflight', text: 'too late' });
    reporter.emit({ type: 'node-ready', node: 'mongo', tookMs: 1 });
    await reporter.end();
    expect(lines()[0]).toBe('preflight: warning: little memory');
    expect(lines().join('\n')).not.toContain('too late');
  });

  it('does not turn before a node that waits, and names only whom it still waits for', async () => {
    const { reporter, shows } = begin('mongo', 'rocketchat', 'bot');
    reporter.emit({ type: 'node-waiting', node: 'bot', for: ['mongo', 'rocketchat'] });
    await shows('· bot  waits for mongo, rocketchat');
    reporter.emit({ type: 'node-ready', node: 'mongo', tookMs: 1 });
    await shows('✔ mongo  ready, 1 ms');
    await shows('· bot  waits for rocketchat');
    await reporter.end();
  });

  it('shows how long a node has been worked on, and how long it may take', async () => {
    const { reporter, shows, pass } = begin('gitlab');
    reporter.emit({ type: 'node-started', node: 'gitlab', kind: 'service' });
    pass(192_900);
    await shows(' gitlab  3 min 12 s of at most 15 min');
    reporter.emit({ type: 'node-ready', node: 'gitlab', tookMs: 193_000 });
    await reporter.end();
  });

  it('calls nothing failed that an interruption kept from its end', async () => {
    const { reporter, lines } = begin('mongo', 'gitlab', 'nginx', 'bot', 'conversation');
    reporter.emit({ type: 'node-ready', node: 'mongo', tookMs: 3 });
    for (const node of ['gitlab', 'nginx']) reporter.emit({ type: 'node-started', node, kind: 'service' });
    reporter.emit({ type: 'node-stopped', node: 'gitlab' });
    reporter.emit({ type: 'node-skipped', node: 'bot' });
    await reporter.end();
    expect(lines()).toEqual([
      '✔ mongo  ready, 3 ms',
      '- gitlab  stopped midway',
      '- nginx  stopped midway',
      '- bot  not reached',
      '- conversation  not reached',
    ]);
  });

  it.each([
    [{ type: 'gate-answer', node: 'bot', reason: 'HTTP 503', tries: 2 }, 'HTTP 503'],
    [{ type: 'job-waiting', node: 'bot', for: 'a majority' }, 'waits: a majority'],
    [{ type: 'warning', node: 'bot', text: 'the room is archived' }, 'the room is archived'],
  ] as const)('shows below a line while it goes on: %j', async (event, text) => {
    const { reporter, shows, lines } = begin('bot');
    reporter.emit(event);
    expect(await shows(text)).toHaveLength(2);
    reporter.emit({ type: 'node-ready', node: 'bot', tookMs: 1_000 });
    await reporter.end();
    expect(lines()).toEqual(['✔ bot  ready, 1.0 s']);
  });

  it('shows the progress of an image below every node that wants it', async () => {
    const { reporter, shows } = begin('mongo', 'mongo-replica-set');
    const progress = { layers: 2, layersThere: 1, bytes: 5_000_000, totalBytes: 10_000_000 };
    reporter.emit({ type: 'image', image: 'mongo:8.0', nodes: ['mongo'], state: 'pulling', progress, tookMs: 1 });
    await shows('image mongo:8.0: ');
    expect(await shows('· mongo-replica-set')).toEqual([
      expect.stringMatching(/^. mongo$/),
      expect.stringMatching(/^ +› image mongo:8\.0: /),
      '· mongo-replica-set',
    ]);
    await reporter.end();
  });
});
