/** Whatever a secret looks like and however it was echoed, nothing of it leaves; and texts without one leave as they are. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_LINE } from '../../src/values/words/bounded.ts';
import { createClean } from '../../src/values/words/clean.ts';
import { cases } from '../helpers/cases.ts';
import { hostile } from './hostile.ts';

/** Of what passwords and tokens are made. */
const printable = fc.string({
  unit: fc.constantFrom(...Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index))),
  minLength: 6,
  maxLength: 70,
});
const token = fc.string({
  unit: fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789'),
  minLength: 20,
  maxLength: 44,
});
const words = fc.string({
  unit: fc.constantFrom('ä', 'é', '密', '🎉', 'a', 'B', '7', ' ', '"', '\\', '%', '+', '/', '&', "'", '<'),
  minLength: 6,
  maxLength: 30,
});
/** Printed before it is echoed: no blank at its edges, and nothing that every text has. */
const secret = fc.oneof(printable, token, words).filter((text) => new Set(text).size >= 4 && text.trim() === text);

type Encode = readonly [name: string, encode: (text: string) => string];

const json = (text: string): string => JSON.stringify(text);
const html = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[char] ?? char,
  );
const form = (text: string): string => new URLSearchParams({ password: text }).toString();
const base64 =
  (before: number) =>
  (text: string): string =>
    Buffer.from(`${'u'.repeat(before)}${text}${':x'.repeat(before)}`, 'utf8').toString('base64');

const ENCODINGS: readonly Encode[] = [
  ['as it is', (text) => text],
  ['for an address', encodeURIComponent],
  ['for an address, in lower case', (text) => encodeURIComponent(text).replace(/%../g, (each) => each.toLowerCase())],
  ['for a form', form],
  ['as JSON', json],
  ['as JSON in JSON', (text) => json(json(text))],
  ['as JSON in an address', (text) => encodeURIComponent(json(text))],
  ['as JSON with escaped slashes', (text) => json(text).replaceAll('/', '\\/')],
  ['for a page', html],
  ['in hexadecimal', (text) => Buffer.from(text, 'utf8').toString('hex')],
  ['in base64', base64(0)],
  ['in base64 after one byte', base64(1)],
  ['in base64 after two bytes', base64(2)],
  ['in base64 for addresses', (text) => Buffer.from(text, 'utf8').toString('base64url')],
];

/** Without what stands around the secret itself. */
const bare = (text: string): string => text.replace(/^(password=|"|\\"|%22)+|(%22|\\"|"|=)+$/g, '');

const encoding = fc.constantFrom(...ENCODINGS);

/** No three quarters of a text in a row, which nobody could complete. */
const holdsMuchOf = (text: string, part: string): boolean => {
  const length = Math.max(6, Math.ceil(part.length * 0.75));
  for (let at = 0; at + length <= part.length; at += 1) if (text.includes(part.slice(at, at + length))) return true;
  return false;
};

const cleanOf = (value: string) => createClean([['CHATOPS_PLANTED', value]]);
const NAME = 'CHATOPS_PLANTED';
const STEERS = /(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u2028\u2029\ufeff]/u;
const NUMBER = { numRuns: cases(100) };

describe('what leaves', () => {
  it.each(ENCODINGS)('never holds a secret written %s', (_name, encode) => {
    fc.assert(
      fc.property(secret, hostile, hostile, (value, before, after) => {
        const text = cleanOf(value).text(`${before} ${encode(value)} ${after}`);
        expect(holdsMuchOf(text.replaceAll(`‹${NAME}›`, ''), bare(encode(value)))).toBe(false);
      }),
      NUMBER,
    );
  });

  it('never holds more of a secret than three characters before a mark of a cut', () => {
    fc.assert(
      fc.property(token, encoding, fc.nat(), fc.constantFrom('…', '...'), (value, [name, encode], cut, mark) => {
        const whole = bare(encode(value));
        const part = whole.slice(0, 4 + (cut % (whole.length - 4)));
        const text = cleanOf(value).text(`said: ${part}${mark}`);
        // In base64 the bytes before the secret take up to three characters of their own.
        const most = name.includes('base64') ? 6 : 3;
        const shown = text.replaceAll(`‹${NAME}›`, '').slice('said: '.length, -mark.length);
        expect(shown.length).toBeLessThanOrEqual(most);
      }),
      { numRuns: cases(150) },
    );
  });

  it('never holds the beginning of a secret where a text was cut without a mark', () => {
    fc.assert(
      fc.property(token, fc.nat(), (value, cut) => {
        const part = value.slice(0, 8 + (cut % (value.length - 8)));
        expect(cleanOf(value).text(`said: ${part}`)).toBe(`said: ‹${NAME}›`);
      }),
      NUMBER,
    );
  });

  it('is clean: a second time nothing is left to do', () => {
    fc.assert(
      fc.property(
        secret,
        encoding,
        hostile,
        fc.string({ unit: 'binary' }),
        fc.nat(40),
        (value, [, encode], before, noise, cut) => {
          const clean = cleanOf(value);
          const once = clean.text(
            `${before}${encode(value).slice(0, cut)}…${noise}${encode(value)}${before}\\${value}`,
          );
          expect(clean.text(once)).toBe(once);
        },
      ),
      { numRuns: cases(150) },
    );
  });

  it('has no character that steers a terminal or is not seen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(cleanOf('unrelated-secret').text(text)).not.toMatch(STEERS);
      }),
      NUMBER,
    );
  });

  it('is as it was where there is no secret, however long the list of secrets is', () => {
    const plain = fc.lorem({ maxCount: 40, mode: 'sentences' });
    const clean = createClean(
      [...Array(20).keys()].map((index) => [`SECRET_${index}`, `${index}-Zq9xK2vW7uT4sR1pN8mL`] as const),
    );
    fc.assert(
      fc.property(plain, (text) => {
        expect(clean.text(text)).toBe(text);
      }),
      NUMBER,
    );
  });
});

describe('a document', () => {
  it('can be read after it was cleaned, whatever stands in it', () => {
    fc.assert(
      fc.property(secret, encoding, fc.jsonValue(), hostile, (value, [, encode], inner, noise) => {
        const document = {
          inner,
          [noise]: encode(value),
          before: `${noise}\n${value.slice(1)}`,
          after: `${value}\\${noise}…`,
        };
        expect(() => JSON.parse(cleanOf(value).text(JSON.stringify(document)))).not.toThrow();
        expect(() => JSON.parse(cleanOf(value).text(JSON.stringify(document, null, 2)))).not.toThrow();
      }),
      { numRuns: cases(150) },
    );
  });

  it('keeps its secrets to itself in values of every kind', () => {
    fc.assert(
      fc.property(token, encoding, (value, [, encode]) => {
        const cleaned = cleanOf(value).value({
          list: [encode(value)],
          map: new Map([[encode(value), { deep: encode(value) }]]),
        });
        const text = JSON.stringify([cleaned.list, [...cleaned.map]]);
        expect(text).toContain(NAME);
        expect(holdsMuchOf(text.replaceAll(NAME, ''), bare(encode(value)))).toBe(false);
      }),
      NUMBER,
    );
  });

  it('has lines no longer than are read, and is a document still', () => {
    const long = fc
      .tuple(fc.constantFrom('x', '"', '\\', 'é', '{"a":1}', '🎉'), fc.integer({ min: 1, max: 45_000 }))
      .map(([bit, times]) => bit.repeat(Math.ceil(times / bit.length)));
    fc.assert(
      fc.property(long, long, (one, other) => {
        const clean = cleanOf('unrelated-secret');
        for (const line of clean.text(`${one}\nshort\n${other}`).split('\n'))
          expect(line.length).toBeLessThanOrEqual(LONGEST_LINE);
        const document = clean.text(JSON.stringify({ one, list: [other] }));
        expect(document.length).toBeLessThanOrEqual(4 * LONGEST_LINE);
        expect(Object.keys(JSON.parse(document))).toEqual(['one', 'list']);
      }),
      { numRuns: cases(15) },
    );
  });
});
