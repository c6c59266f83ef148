/** Edits of chatops.yaml on random files with random comments: the value is there, everything else is as it was. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { assign } from '../../src/config/assign.ts';
import { setIn } from '../../src/config/edit.ts';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import type { Path } from '../../src/config/path.ts';
import { sampleConfig } from '../../src/config/sample.ts';
import { applySettings } from '../../src/config/settings.ts';
import { ownAdditions } from '../../src/wiring/own-house.ts';
import { cases } from '../helpers/cases.ts';
import { ownConfigOf } from '../helpers/own-config.ts';

const SAMPLE = sampleConfig(ownAdditions());
const SCHEMA = configJsonSchema(ownAdditions());

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/);
const text = fc.oneof(
  word,
  fc.constantFrom(
    'a: b',
    '# no comment',
    "it's",
    '"q"',
    '${X}',
    ' pad ',
    'yes',
    '8.10',
    'null',
    '',
    '- x',
    '[a',
    'ä😀',
    'a\nb',
  ),
);
const scalar = fc.oneof(text, fc.integer({ min: 0, max: 70_000 }), fc.boolean());
const comment = fc.option(fc.stringMatching(/^ ?[ -~]{0,12}$/), { nil: undefined });

interface Written {
  readonly lines: readonly string[];
}

const quoted = (value: unknown): string => JSON.stringify(value);

/** A mapping in block style with comments behind and between its lines, nested up to twice, in one of two indents. */
const mapping = (depth: number, indent: string): fc.Arbitrary<Written> =>
  fc
    .uniqueArray(fc.record({ key: word, value: arbitraryValue(depth, indent), above: comment, behind: comment }), {
      selector: ({ key }) => key,
      minLength: 1,
      maxLength: 4,
    })
    .map((entries) => ({
      lines: entries.flatMap(({ key, value, above, behind }) => {
        const end = behind === undefined ? '' : ` #${behind}`;
        const first = value.inline === undefined ? `${key}:${end}` : `${key}: ${value.inline}${end}`;
        return [...(above === undefined ? [] : [`#${above}`]), first, ...value.below];
      }),
    }));

interface Value {
  readonly inline: string | undefined;
  readonly below: readonly string[];
}

const inline = (value: string): Value => ({ inline: value, below: [] });

const arbitraryValue = (depth: number, indent: string): fc.Arbitrary<Value> => {
  const flat = fc.oneof(
    scalar.map((value) => inline(quoted(value))),
    fc.array(scalar, { maxLength: 3 }).map((list) => inline(`[${list.map(quoted).join(', ')}]`)),
    word.map(inline),
  );
  if (depth === 0) return flat;
  const nested = mapping(depth - 1, indent).map(
    ({ lines }): Value => ({ inline: undefined, below: lines.map((line) => `${indent}${line}`) }),
  );
  const list = fc
    .array(word, { minLength: 1, maxLength: 3 })
    .map((items): Value => ({ inline: undefined, below: items.map((item) => `${indent}- ${item}`) }));
  return fc.oneof(flat, nested, list);
};

const file = fc
  .constantFrom('  ', '    ')
  .chain((indent) =>
    fc
      .tuple(mapping(2, indent), fc.constantFrom('\n', '\r\n'), fc.boolean())
      .map(([{ lines }, lineBreak, ended]) => lines.join(lineBreak) + (ended ? lineBreak : '')),
  );

/** Places in the data at which a value can be set: its leaves, its lists' ends, and new keys of its mappings. */
const places = (data: unknown, path: Path = []): readonly Path[] => {
  if (Array.isArray(data)) return [...data.map((_, index): Path => [...path, index]), [...path, data.length]];
  if (typeof data !== 'object' || data === null) return [path];
  const below = Object.entries(data).flatMap(([key, value]) => places(value, [...path, key]));
  return [...below, [...path, 'brandnew'], [...path, 'fresh', 'list', 0, 'key']];
};

const edit = file.chain((before) =>
  fc.tuple(
    fc.constant(before),
    fc.constantFrom(...places(parse(before))),
    fc.oneof(scalar, fc.array(word, { minLength: 1, maxLength: 3 })),
  ),
);

const commentsOf = (yaml: string): readonly string[] =>
  yaml.split(/\r?\n/).flatMap((line) => /(?:^|\s)(#.*)$/.exec(line.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""'))?.[1] ?? []);

/** Whether `part` can be had from `whole` by leaving lines out. */
const isSubsequence = (part: readonly string[], whole: readonly string[]): boolean => {
  let at = 0;
  for (const line of whole) if (line === part[at]) at++;
  return at === part.length;
};

describe('an edit', () => {
  it('puts the value at its place and changes no other value', () => {
    fc.assert(
      fc.property(edit, ([before, path, value]) => {
        expect(parse(setIn(before, path, value))).toEqual(assign(parse(before), path, value));
      }),
      { numRuns: cases(150) },
    );
  });

  it('keeps every comment', () => {
    fc.assert(
      fc.property(edit, ([before, path, value]) => {
        expect(isSubsequence(commentsOf(before), commentsOf(setIn(before, path, value)))).toBe(true);
      }),
      { numRuns: cases(150) },
    );
  });

  it('keeps every other line byte for byte: at most one changes, the rest is new', () => {
    fc.assert(
      fc.property(edit, ([before, path, value]) => {
        const old = before.split('\n');
        const now = setIn(before, path, value).split('\n');
        const changed = old.filter((_, index) => isSubsequence([...old.slice(0, index), ...old.slice(index + 1)], now));
        expect(isSubsequence(old, now) || changed.length > 0).toBe(true);
      }),
      { numRuns: cases(150) },
    );
  });

  it('made twice is made once', () => {
    fc.assert(
      fc.property(edit, ([before, path, value]) => {
        const once = setIn(before, path, value);
        fc.pre(typeof path.at(-1) === 'string');
        expect(setIn(once, path, value)).toBe(once);
      }),
      { numRuns: cases(150) },
    );
  });
});

describe('--set on the sample', () => {
  it('reaches the configuration with any legitimate text', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter(
        (value) => /^[^\p{Cc}\p{Cs}\u2028\u2029]+$/u.test(value) && /\S/.test(value) && !/^[[{]|\uFFFD/.test(value),
      );
    fc.assert(
      fc.property(name, (value) => {
        const edited = applySettings(SAMPLE, [`admin.name=${value}`], SCHEMA);
        expect(ownConfigOf(edited).admin.name).toBe(value);
      }),
      { numRuns: cases(100) },
    );
  });
});
