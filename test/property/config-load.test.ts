/** Whatever stands in chatops.yaml: a configuration or an error with places that exist, never anything else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { formatPath, parsePath } from '../../src/config/path.ts';
import { ConfigError } from '../../src/config/problem.ts';
import { keysAt } from '../../src/config/schema-keys.ts';
import { editDistance } from '../../src/values/nearest.ts';
import { ownAdditions } from '../../src/wiring/own-house.ts';
import { cases } from '../helpers/cases.ts';
import { loadOwn } from '../helpers/own-config.ts';

const outcome = (text: string): ConfigError | undefined => {
  try {
    loadOwn(text);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown;
    throw thrown;
  }
};

const wellFormed = (error: ConfigError, text: string): void => {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  expect(error.problems.length).toBeGreaterThan(0);
  for (const { path, line, column, message } of error.problems) {
    expect(message).not.toBe('');
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
    if (path !== '') expect(parsePath(path)).toBeDefined();
  }
};

const SCHEMA = configJsonSchema(ownAdditions());
const KEYS = [...new Set([[], ['chat'], ['chat', 'rooms', 0], ['gitlab']].flatMap((path) => keysAt(path, SCHEMA)))];
const key = fc.oneof(
  fc.constantFrom(...KEYS),
  fc.string({ maxLength: 6 }),
  fc.constantFrom('__proto__', 'constructor', '<<'),
);
const leaf = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('${X}', 'a"b', "a'b", 'a;b', '\n', '\u0000', 'bundled', 'none', 'ops', 'ci', 'mongo:8', '8.5'),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(key, tie('tree'), { maxKeys: 5 }),
  ),
}));

describe('any file', () => {
  it('of any data gives a configuration or well-formed problems', () => {
    fc.assert(
      fc.property(fc.dictionary(key, tree, { maxKeys: 6 }), (data) => {
        const text = stringify(data);
        const error = outcome(text);
        if (error !== undefined) wellFormed(error, text);
      }),
      { numRuns: cases(200) },
    );
  });

  it('of any text gives a configuration or well-formed problems', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 5 }),
      fc.constantFrom(
        ...KEYS,
        ': ',
        '\n',
        '  ',
        '- ',
        '[',
        ']',
        '{',
        '}',
        '"',
        "'",
        '&a ',
        '*a',
        '# ',
        '|',
        '>',
        '!x ',
        '---\n',
        '\t',
        '%',
        '?',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const text = pieces.join('');
        const error = outcome(text);
        if (error !== undefined) wellFormed(error, text);
      }),
      { numRuns: cases(400) },
    );
  });

  it('says the same for the same data, whatever the order of its keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...KEYS), leaf, { maxKeys: 6 }), (data) => {
        const problems = (entries: readonly (readonly [string, unknown])[]) => {
          const text = stringify(Object.fromEntries(entries));
          return outcome(text)
            ?.problems.map(({ path, message }) => `${path}: ${message}`)
            .sort();
        };
        expect(problems(Object.entries(data).toReversed())).toEqual(problems(Object.entries(data)));
      }),
      { numRuns: cases(100) },
    );
  });

  it('with a hostile room name is refused, and the name never reaches another line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), (name) => {
        fc.pre(!/^[0-9a-zA-Z\-_.]+$/.test(name));
        const error = outcome(`chat: {rooms: [${JSON.stringify(name)}], bot: {rooms: [general]}}\n`);
        expect(error).toBeDefined();
        expect(error?.message).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
      }),
      { numRuns: cases(200) },
    );
  });
});

describe('paths', () => {
  it('are read back as they were written', () => {
    const part = fc.oneof(fc.string({ minLength: 1 }), fc.nat({ max: 999_999 }));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (path) => {
        expect(parsePath(formatPath(path))).toEqual(path);
      }),
    );
  });
});

describe('the distance of words', () => {
  it('is symmetric, and nothing exactly between equals', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
      }),
    );
  });
});
