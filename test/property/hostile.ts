/** Hostile texts and mangled payloads, for whatever renders messages. */
import fc from 'fast-check';
import { ownDeliveries, sampleDeliveries } from '../unit/notifier/deliveries.ts';

const BITS = [
  ...['@all', '@here', '@ada', '#general', '# head', '> quote', '- item', '1. item', '* item', '*', '**', '_', '__'],
  ...['~', '~~', '`', '```', '[', ']', '](', ')', '(', '[a](https://evil.example.com)', '<', '>', '|', '||', '!['],
  ...['https://evil.example.com', 'evil.example.com', 'http://10.0.0.1/x', 'a@evil.example.com', '+12025550123'],
  ...['<https://evil.example.com|a>', ':tada:', '<t:1630360800>', '\\', '\\(', '\\)', '\\[', 'color:#ff0000', '\n'],
  ...['\r\n', ' ', '\t', '\u202e', '\u2060', '\ud800', 'é_x_', 'localhost', 'javascript:alert(1)', '</script>', '$$'],
  ...['tel:+1202555', 'mailto:a@evil.example.com', '{who}', '\\n', 'x'],
];

export const hostile = fc
  .array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...BITS) }, { weight: 1, arbitrary: fc.string() }), {
    minLength: 1,
    maxLength: 14,
  })
  .map((bits) => bits.join(''));

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What comes in place of any value of a payload. */
const wrong: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: hostile },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Json>(null, true, false, 0, -1, 1e21, '', [], {}, [null], 'x'.repeat(30_000)),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  { weight: 1, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.array(hostile, { maxLength: 3 }) },
);

const OURS = /^https?:\/\/[a-z0-9.:-]+(\/|$)/i;
export const isOurs = (address: string): boolean => OURS.test(address) && !/^[a-z]+:\/\/[^/]*evil/i.test(address);

type Path = readonly string[];

/** Every path of a payload, parents before children. */
const pathsOf = (value: unknown, path: Path = []): readonly Path[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...pathsOf(inner, [...path, key])])
    : [];

const ADDRESSES = /url|homepage|web/;

/** Addresses come from GitLab: in their place another type, or a text, never a foreign address. */
const replaced = (value: unknown, [key, ...rest]: Path, by: unknown): unknown => {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? replaced(item, rest, by) : item));
  if (typeof value !== 'object' || value === null) return value;
  return { ...value, [key]: replaced((value as Record<string, unknown>)[key], rest, by) };
};

const deliveries = [
  ...ownDeliveries().filter(({ name }) => !name.startsWith('hostile')),
  ...(sampleDeliveries() ?? []),
];

export const mangled = fc
  .tuple(
    fc.constantFrom(...deliveries),
    fc.array(fc.tuple(fc.nat(), wrong), { minLength: 1, maxLength: 8 }),
    fc.option(hostile, { freq: 6 }),
  )
  .map(([delivery, changes, header]) => {
    const paths = pathsOf(delivery.payload).filter((path) => !ADDRESSES.test(path.at(-1) ?? ''));
    const payload = changes.reduce<unknown>(
      (value, [index, by]) => replaced(value, paths[index % Math.max(1, paths.length)] ?? [], by),
      delivery.payload,
    );
    return { header: header ?? delivery.header, payload: (payload ?? {}) as Record<string, unknown> };
  });

/** Only an update may be of nothing, and a request without content. */
export const mayBeSilent = (payload: Readonly<Record<string, unknown>>): boolean => {
  const attributes = payload.object_attributes as { readonly action?: unknown } | null | undefined;
  const isUpdate = attributes?.action === 'update' && typeof payload.changes === 'object';
  return isUpdate || Object.keys(payload).length === 0;
};
