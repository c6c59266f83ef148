import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEnv } from '../../src/config/env-file.ts';
import { completeEnv } from '../../src/config/env-secrets.ts';
import { quoteForEnv, withSecrets } from '../../src/config/env-write.ts';
import { checkSecret, generateSecret } from '../../src/config/secret-rules.ts';
import type { SecretSpec } from '../../src/config/secrets.ts';
import { ChatopsError } from '../../src/errors/chatops-error.ts';
import { PRESET_TOKEN, ROOT_PASSWORD } from '../../src/parts/gitlab/secret-kinds.ts';
import { DATABASE_PASSWORD } from '../../src/parts/mongodb/secret-kinds.ts';
import { CHAT_PASSWORD } from '../../src/parts/rocketchat/secret-kinds.ts';
import { aConfig } from '../builders/config.ts';
import { secretsOf } from '../builders/stack.ts';
import { cases } from '../helpers/cases.ts';

const KINDS: readonly SecretSpec['kind'][] = [
  CHAT_PASSWORD,
  ROOT_PASSWORD,
  PRESET_TOKEN,
  DATABASE_PASSWORD,
  'hook-secret',
];

/** A source of random bytes that fast-check can shrink. */
const bytesFrom = (seed: readonly number[]) => {
  let at = 0;
  return (count: number) => Uint8Array.from({ length: count }, () => (seed[at++ % seed.length] ?? 0) + (at >> 8) * 37);
};

describe('generated secrets', () => {
  it('obey the rules of their readers, whatever the random source gives', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...KINDS),
        fc.array(fc.nat({ max: 255 }), { minLength: 97, maxLength: 400 }),
        (kind, seed) => {
          expect(
            checkSecret({ kind }, generateSecret({ kind }, bytesFrom([...seed, ...randomBytes(64)]))),
          ).toBeUndefined();
        },
      ),
      { numRuns: cases(300) },
    );
  });

  it('are safe in .env, YAML, URLs and shells, and never twice the same', () => {
    const made = KINDS.flatMap((kind) => Array.from({ length: 500 }, () => generateSecret({ kind }, randomBytes)));
    expect(made.filter((value) => !/^[A-Za-z][A-Za-z0-9._-]*$/.test(value))).toEqual([]);
    expect(made.filter((value) => value.length < 20)).toEqual([]);
    expect(new Set(made).size).toBe(made.length);
  });

  it('use every letter of their alphabet about equally', () => {
    const counts = new Map<string, number>();
    for (let index = 0; index < 2000; index++) {
      for (const character of generateSecret({ kind: 'hook-secret' }, randomBytes).slice(1)) {
        counts.set(character, (counts.get(character) ?? 0) + 1);
      }
    }
    const expected = (2000 * 31) / 64;
    expect(counts.size).toBe(64);
    expect([...counts.values()].filter((count) => Math.abs(count - expected) > expected / 3)).toEqual([]);
  });
});

const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,9}$/);
const visible = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((value) => !/[\0\uFFFD]/.test(value));

describe('.env', () => {
  it('reads back what is written, unexpanded', () => {
    fc.assert(
      fc.property(name, visible, (variable, value) => {
        const { entries } = parseEnv(`${variable}=${quoteForEnv(value)}\n`);
        expect(entries.map((entry) => [entry.name, entry.value, entry.expands])).toEqual([[variable, value, false]]);
      }),
      { numRuns: cases(300) },
    );
  });

  const line = fc.oneof(
    fc.tuple(name, visible).map(([variable, value]) => `${variable}=${quoteForEnv(value)}`),
    fc.stringMatching(/^ {0,2}#[ -~]{0,10}$/),
    fc.constantFrom(
      '',
      '  ',
      'export A=1',
      "B = 'x y' # z",
      'CHATOPS_BOT_PASSWORD=',
      'GITLAB_ROOT_PASSWORD="" # fill me',
    ),
  );
  const file = fc.tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), fc.boolean());
  const textOf = ([lines, lineBreak, ended]: readonly [readonly string[], string, boolean]) =>
    lines.join(lineBreak) + (ended ? lineBreak : '');

  it('completed keeps every value and every line that had one', () => {
    fc.assert(
      fc.property(file, (drawn) => {
        const before = textOf(drawn);
        const had = parseEnv(before).entries.filter(({ value }) => value !== '');
        const { text } = completeEnv(secretsOf(aConfig()), before, randomBytes);
        const has = parseEnv(text).entries;
        expect(has.map((entry) => `${entry.name}=${entry.value}`)).toEqual(
          expect.arrayContaining(had.map((entry) => `${entry.name}=${entry.value}`)),
        );
        const lines = (whole: string) => whole.split(/\r?\n/);
        const filled = lines(before).filter((one) => /^(?:CHATOPS_BOT|GITLAB_ROOT)_PASSWORD=/.test(one));
        for (const one of lines(before).filter((line) => !filled.includes(line))) expect(lines(text)).toContain(one);
      }),
      { numRuns: cases(300) },
    );
  });

  it('completed twice is completed once', () => {
    fc.assert(
      fc.property(file, (drawn) => {
        const once = completeEnv(secretsOf(aConfig()), textOf(drawn), randomBytes).text;
        expect(completeEnv(secretsOf(aConfig()), once, randomBytes).text).toBe(once);
        expect(withSecrets(once, [])).toBe(once);
      }),
      { numRuns: cases(200) },
    );
  });

  it('of any text is read or refused with a line that exists', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string({ unit: 'binary', maxLength: 6 }),
            fc.constantFrom('A=', '\n', '"', "'", '#', ' ', '\\', '$'),
          ),
          { maxLength: 15 },
        ),
        (pieces) => {
          const text = pieces.join('');
          try {
            expect(parseEnv(text).text).toBe(text);
          } catch (thrown) {
            if (!(thrown instanceof ChatopsError)) throw thrown;
            const line = Number(/:(\d+) /.exec(thrown.what)?.[1]);
            expect(line).toBeGreaterThanOrEqual(1);
            expect(line).toBeLessThanOrEqual(text.split('\n').length);
          }
        },
      ),
      { numRuns: cases(300) },
    );
  });
});
