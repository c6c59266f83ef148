import { describe, expect, it } from 'vitest';
import {
  type Asked,
  type Changed,
  choiceText,
  chooseSuites,
  parseAsked,
  parseLimit,
} from '../../e2e/docker/choosing/choose-suites.ts';
import type { Suite } from '../../e2e/docker/choosing/suites.ts';

const suite = (name: string, more: Partial<Suite> = {}): Suite => ({
  name,
  seconds: 60,
  standsOn: ['src/shared'],
  overTcp: true,
  because: 'it differs',
  live: true,
  ...more,
});

const TABLE = [
  suite('main', { always: true }),
  suite('health', { standsOn: ['src/shared', 'src/probes'], overTcp: false, because: 'the engine asks by itself' }),
  suite('kills', { live: false }),
];

const choose = (asked: Partial<Asked>, changed: Changed = []) =>
  chooseSuites(TABLE, { suites: 'changed', overTcp: false, live: false, ...asked }, changed);

const run = (asked: Partial<Asked>, changed?: Changed): readonly string[] =>
  choose(asked, changed).flatMap(({ suite: { name }, runs }) => (runs ? [name] : []));

const whyOf = (name: string, asked: Partial<Asked>, changed?: Changed): string | undefined =>
  choose(asked, changed).find((choice) => choice.suite.name === name)?.why;

describe('the choice of suites on real containers', () => {
  it('takes the main job alone where nothing has changed', () => {
    expect(run({})).toEqual(['main']);
  });

  it('takes the suites that stand on what has changed', () => {
    expect(run({}, ['src/probes'])).toEqual(['main', 'health']);
    expect(whyOf('health', {}, ['src/probes'])).toBe('changed since all were green: src/probes');
  });

  it('takes a suite whose own file has changed', () => {
    expect(run({}, ['test/e2e/docker/kills.ts'])).toEqual(['main', 'kills']);
  });

  it('takes every suite when what all stand on has changed', () => {
    expect(run({}, ['src/shared'])).toEqual(['main', 'health', 'kills']);
  });

  it('takes every suite where nobody knows what was green', () => {
    const choices = chooseSuites(TABLE, { suites: 'changed', overTcp: false, live: false }, undefined);
    expect(choices.filter(({ runs }) => !runs)).toEqual([]);
    expect(choices[1]?.why).toBe('there is no record of a run in which all were green');
  });

  it('takes every suite when all are asked for, whatever has changed', () => {
    expect(run({ suites: 'all' })).toEqual(['main', 'health', 'kills']);
  });

  it('takes over TCP what differs there, and repeats the reason of the others', () => {
    expect(run({ suites: 'all', overTcp: true })).toEqual(['main', 'kills']);
    expect(whyOf('health', { suites: 'all', overTcp: true })).toBe('the same over TCP: the engine asks by itself');
  });

  it('takes over TCP too only what has changed, and the main job', () => {
    expect(run({ overTcp: true })).toEqual(['main']);
  });

  it("leaves out against the vendors' servers what they would say nothing more about", () => {
    expect(run({ suites: 'all', live: true })).toEqual(['main', 'health']);
  });

  it('takes exactly the suites that are asked for by name, over TCP too', () => {
    expect(run({ suites: ['health'], overTcp: true }, ['src/shared'])).toEqual(['health']);
  });

  it('refuses a name that no suite has, and says which there are', () => {
    expect(() => run({ suites: ['health', 'helth'] })).toThrow(
      'CHATOPS_SUITES: there is no suite helth; there are: main, health, kills',
    );
  });

  it('says of many changed paths a few and how many more', () => {
    const wide = [suite('wide', { standsOn: ['a', 'b', 'c', 'd', 'e'] })];
    const [choice] = chooseSuites(wide, { suites: 'changed', overTcp: false, live: false }, ['a', 'b', 'c', 'd', 'e']);
    expect(choice?.why).toBe('changed since all were green: a, b, c and 2 more');
  });

  it('takes within a limit what stands nearest to the change, and leaves the rest by name to the run of all', () => {
    const changed = ['src/shared', 'src/probes'];
    expect(run({ limitS: 120 }, changed)).toEqual(['main', 'health']);
    expect(whyOf('kills', { limitS: 120 }, changed)).toBe(
      'no time within 120 s: `npm run test:all` takes it; changed since all were green: src/shared',
    );
  });

  it('takes of suites that are equally near the shorter ones first', () => {
    const table = [suite('long', { seconds: 90 }), suite('short', { seconds: 30 })];
    const choices = chooseSuites(table, { suites: 'changed', overTcp: false, live: false, limitS: 100 }, [
      'src/shared',
    ]);
    expect(choices.flatMap(({ suite: { name }, runs }) => (runs ? [name] : []))).toEqual(['short']);
  });

  it('goes on to shorter suites where a near one is too long', () => {
    const table = [
      suite('near', { seconds: 200, standsOn: ['src/shared', 'src/near'] }),
      suite('far', { seconds: 30 }),
    ];
    const asked = { suites: 'changed', overTcp: false, live: false, limitS: 100 } as const;
    const choices = chooseSuites(table, asked, ['src/shared', 'src/near']);
    expect(choices.map(({ runs }) => runs)).toEqual([false, true]);
  });

  it('runs the main job whatever the limit is', () => {
    expect(run({ limitS: 1 }, ['src/shared'])).toEqual(['main']);
  });

  it('heeds the limit where nobody knows what was green', () => {
    const asked = { suites: 'changed', overTcp: false, live: false, limitS: 130 } as const;
    const choices = chooseSuites(TABLE, asked, undefined);
    expect(choices.map(({ runs }) => runs)).toEqual([true, true, false]);
  });

  it('has no limit for suites that are asked for', () => {
    expect(run({ suites: 'all', limitS: 1 })).toEqual(['main', 'health', 'kills']);
  });

  it('is shown with the reason of every suite', () => {
    expect(choiceText(choose({}, ['src/probes']))).toBe(
      [
        'suites that run (2)',
        '  main            always',
        '  health          changed since all were green: src/probes',
        'suites that do not (1)',
        '  kills           everything it stands on is as it was when all were green',
        '',
      ].join('\n'),
    );
  });
});

describe('CHATOPS_SUITES', () => {
  it.each([
    [undefined, 'all'],
    ['', 'all'],
    ['all', 'all'],
    ['changed', 'changed'],
    ['health', ['health']],
    ['health, main-job,', ['health', 'main-job']],
  ] as const)('%j asks for %j', (text, asked) => {
    expect(parseAsked(text)).toEqual(asked);
  });
});

describe('CHATOPS_SUITES_LIMIT', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['840', 840],
  ] as const)('%j is %j', (text, limit) => {
    expect(parseLimit(text)).toBe(limit);
  });

  it.each(['10m', '-1', 'x'])('%j is refused', (text) => {
    expect(() => parseLimit(text)).toThrow(`CHATOPS_SUITES_LIMIT: ${text} is no number of seconds`);
  });
});
