/** How a run's time is shared out, and the judging of it. */
import { describe, expect, it } from 'vitest';
import { BOUND_MS, firstRunRows, judgeFirstRun, type Round } from './first-run-table.ts';
import { BOOTS, type Printed, PULLS, sharesOf, type Timed } from './shares.ts';

const NO_PROGRESS = { layers: 1, layersThere: 0, bytes: 0, totalBytes: 1 };
const image = (state: 'making' | 'made' | 'pulling' | 'pulled', name = 'tools'): Printed => ({
  ...{ type: 'image', image: name, nodes: [], state, progress: NO_PROGRESS, tookMs: 0 },
});
const waiting = (node: string): Printed => ({ type: 'node-waiting', node, for: [] });
const started = (node: string, kind: 'service' | 'job' = 'service'): Printed => ({ type: 'node-started', node, kind });
const ready = (node: string): Printed => ({ type: 'node-ready', node, tookMs: 0 });
const done = (node: string): Printed => ({ type: 'node-done', node, changes: 0, tookMs: 0 });

const at = (...pairs: readonly (readonly [number, Printed])[]): readonly Timed[] =>
  pairs.map(([atMs, event]) => ({ atMs, event }));
const taken = (events: readonly Timed[], endMs: number): Readonly<Record<string, number>> =>
  Object.fromEntries(sharesOf(events, endMs, (service) => service === 'bot').map(({ step, ms }) => [step, ms]));

describe('the time of a run', () => {
  it('goes to one step after the other, from the start of the process to its end', () => {
    const events = at(
      [300, { type: 'begin' }],
      [500, image('making')],
      [2_500, image('made')],
      [2_600, waiting('mongo')],
      [3_600, started('mongo')],
      [5_600, ready('mongo')],
      [5_700, { type: 'result' }],
    );
    expect(taken(events, 5_900)).toEqual({
      'program started, configuration read, engine asked': 300,
      'machine looked at, files written': 300,
      'tools image made': 2_000,
      'network, volumes and containers made': 1_000,
      [BOOTS]: 2_000,
      'outcome read and reported': 300,
    });
  });

  it('is ours where a job of ours is at work, whatever boots meanwhile', () => {
    const events = at(
      [0, { type: 'begin' }],
      [0, waiting('gitlab')],
      [0, waiting('set')],
      [0, started('gitlab')],
      [100, started('set', 'job')],
      [400, done('set')],
      [1_000, ready('gitlab')],
    );
    expect(taken(events, 1_000)).toEqual({ [BOOTS]: 700, 'job set': 300 });
  });

  it('is shared alike by jobs that are at work at once', () => {
    const events = at(
      [0, { type: 'begin' }],
      [0, waiting('gitlab')],
      [0, waiting('a')],
      [0, waiting('b')],
      [0, started('gitlab')],
      [0, started('a', 'job')],
      [0, started('b', 'job')],
      [600, done('a')],
      [800, done('b')],
      [800, ready('gitlab')],
    );
    expect(taken(events, 800)).toEqual({ 'job a': 300, 'job b': 500 });
  });

  it('is ours while a program of ours boots', () => {
    const events = at(
      [0, { type: 'begin' }],
      [0, waiting('bot')],
      [0, waiting('gitlab')],
      [0, started('gitlab')],
      [50, started('bot')],
      [250, ready('bot')],
      [900, ready('gitlab')],
    );
    expect(taken(events, 900)).toEqual({ [BOOTS]: 700, 'boots of prober, bot and relay': 200 });
  });

  it('is the registry’s while images are pulled', () => {
    const events = at([0, { type: 'begin' }], [0, image('pulling', 'mongo')], [900, image('pulled', 'mongo')]);
    expect(taken(events, 900)).toEqual({ [PULLS]: 900 });
  });
});

const round = (ours: number): Round => ({
  shares: [
    { step: 'job set', ms: ours, ours: true },
    { step: BOOTS, ms: 60_000, ours: false },
  ],
});

describe('the bound of a first run', () => {
  it('counts nothing of the vendors', () => {
    expect(judgeFirstRun([round(BOUND_MS)])).toEqual({ measuredMs: BOUND_MS, holds: true });
  });

  it('is missed when the round in the middle is beyond it', () => {
    expect(judgeFirstRun([round(10_002), round(9_000), round(10_001)])).toEqual({ measuredMs: 10_001, holds: false });
  });

  it('judges the slower one of the two in the middle', () => {
    expect(judgeFirstRun([round(11_000), round(9_000)]).measuredMs).toBe(11_000);
  });

  it('is missed by what could not be measured', () => {
    expect(judgeFirstRun([]).holds).toBe(false);
  });

  it('is shown below the steps, the longest first, with the share of each', () => {
    const shares = [{ step: 'tools image made', ms: 3_000, ours: true }, ...round(1_000).shares];
    expect(firstRunRows([{ shares }])).toEqual([
      ['step', 'took', 'of ours'],
      ['tools image made', '3.00 s', '75 %'],
      ['job set', '1.00 s', '25 %'],
      ['ours together', '4.00 s', '≤ 10.00 s holds'],
      [BOOTS, '60.00 s', 'not judged'],
    ]);
  });
});
