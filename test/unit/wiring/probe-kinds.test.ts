/** What every kind of probe must hold; a new one is judged here without a line of its own. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { OptionWord } from '../../../src/contracts/probe-kind.ts';
import { endpointsOf, secretsOf } from '../../../src/contracts/probe-kinds.ts';
import { parseProbe } from '../../../src/prober/read-words.ts';
import { probeHelp, wordsRows } from '../../../src/prober/words-help.ts';
import { probeArguments } from '../../../src/prober/write-words.ts';
import type { ProbeSpec } from '../../../src/stack/stack.ts';
import { PARTS } from '../../../src/wiring/parts.ts';
import { PROBE_KINDS, probeKindsOf } from '../../../src/wiring/probe-kinds.ts';

const SRC = new URL('../../../src/', import.meta.url);
const sources = ['parts', 'probes', 'proofs']
  .flatMap((folder) => readdirSync(new URL(`${folder}/`, SRC), { recursive: true }).map((file) => `${folder}/${file}`))
  .filter((file) => file.endsWith('.ts'));
const describing = sources.filter((file) => file.endsWith('-kind.ts'));

const KINDS = [...PROBE_KINDS.values()];
const SINGLES = KINDS.flatMap((kind) => ('parts' in kind ? [] : [kind]));
const optionsOf = (kind: (typeof SINGLES)[number]): readonly OptionWord[] => kind.words.options;

/** Addresses written out anywhere in a specification, found by their shape. */
const addressesIn = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null) return [];
  if ('service' in value && 'port' in value) return [`${value.service}:${value.port}`];
  return Object.values(value).flatMap(addressesIn);
};

/** Names of variables written out anywhere in a specification, found by their shape. */
const variablesIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return /^[A-Z][A-Z0-9_]+$/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(variablesIn) : [];
};

/** As it comes back from a command line: a service of ours is a URL there. */
const readBack = (spec: ProbeSpec): ProbeSpec =>
  JSON.parse(JSON.stringify(spec), (_key, value) =>
    value?.kind === 'service' ? { kind: 'url', url: `http://${value.endpoint.service}:${value.endpoint.port}` } : value,
  );

describe('our own kinds', () => {
  it('are those of our parts, in their order', () => {
    expect([...PROBE_KINDS]).toEqual([...probeKindsOf(PARTS)]);
  });
});

describe('the table of probe kinds', () => {
  it('has every kind that a file describes', async () => {
    const described = await Promise.all(
      describing.map(async (file) => Object.values((await import(new URL(file, SRC).href)) as Record<string, unknown>)),
    );
    expect(new Set(KINDS)).toEqual(new Set(described.flat()));
    expect(described).toHaveLength(KINDS.length);
  });

  it('has a description beside every file that asks', () => {
    const asking = sources.filter((file) =>
      /export const create\w+Probe\b/.test(readFileSync(new URL(file, SRC), 'utf8')),
    );
    expect(asking.map((file) => file.replace(/\.ts$/, '-kind.ts')).sort()).toEqual([...describing].sort());
  });

  it('gives every option of one name a value, or none', () => {
    const shapes = SINGLES.flatMap(optionsOf).map(({ option, values }) => [option, values.form === undefined] as const);
    for (const [option, isFlag] of shapes) expect(new Map(shapes).get(option), option).toBe(isFlag);
  });

  it('leaves the words of the program itself alone', () => {
    const own = ['timeout', 'wait', 'json', 'help', 'table', 'question'];
    expect(SINGLES.flatMap(optionsOf).filter(({ option }) => own.includes(option))).toEqual([]);
    expect(KINDS.filter(({ what }) => ['all', 'reach'].includes(what))).toEqual([]);
  });
});

describe.each(KINDS.map((kind) => [kind.what, kind] as const))('the kind %s', (what, kind) => {
  const { example } = kind;

  it('names every address that its specification holds', () => {
    expect(endpointsOf(PROBE_KINDS, example).map(({ service, port }) => `${service}:${port}`)).toEqual(
      addressesIn(example),
    );
  });

  it('names every secret that its specification holds', () => {
    expect(secretsOf(PROBE_KINDS, example)).toEqual([...new Set(variablesIn(example))].sort());
  });

  it('says what holds when it is ready, without a full stop', () => {
    expect(kind.about).toMatch(/^\S.{10,110}[^.\s]$/);
  });

  it('shows an example of its own', () => {
    expect(example.what).toBe(what);
  });
});

describe.each(SINGLES.map((kind) => [kind.what, kind] as const))('the words of %s', (what, kind) => {
  it('mean what they were written from', () => {
    const argv = probeArguments(PROBE_KINDS, kind.example) ?? [];
    expect(parseProbe(argv, PROBE_KINDS)?.request).toEqual({ kind: 'spec', spec: readBack(kind.example) });
  });

  it('hold no field that a command line would lose', () => {
    const fields = new Set(optionsOf(kind).map(({ path: [field] }) => field));
    const ofTarget = Object.keys(kind.words.target.read(kind.words.target.write(kind.example)));
    expect(Object.keys(kind.example).filter((field) => !fields.has(field) && !ofTarget.includes(field))).toEqual([
      'what',
    ]);
  });

  it('stand in the help, each option by its name', () => {
    const usage = wordsRows(PROBE_KINDS).find((row) => row.what === what)?.usage ?? '';
    for (const { option } of optionsOf(kind)) expect(usage).toContain(`--${option}`);
    expect(probeHelp(PROBE_KINDS)).toContain(`  ${usage}\n      ${kind.about}\n`);
  });

  it('name the nearest when one is misspelt', () => {
    const misspelt = `${what}x`;
    expect(() => parseProbe([misspelt, 'x'], PROBE_KINDS)).toThrow(
      expect.objectContaining({ code: 'USAGE', why: expect.stringContaining(`did you mean ${what}?`) }),
    );
    for (const { option } of optionsOf(kind)) {
      expect(() => parseProbe([what, 'x', `--${option}s=1`], PROBE_KINDS)).toThrow(
        expect.objectContaining({ code: 'USAGE', why: expect.stringContaining(`did you mean --${option}?`) }),
      );
    }
  });
});
