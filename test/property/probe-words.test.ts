/** Random specifications of every kind, made from its own description: what is written is what is read. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Arity, Form, OptionWord, SingleKind } from '../../src/contracts/probe-kind.ts';
import { probeKinds, secretsOf } from '../../src/contracts/probe-kinds.ts';
import { HOST_PORT, once, PUBLIC_URL, SECRET, SERVER, STATUS, wordsOf } from '../../src/contracts/probe-words.ts';
import { SIGNATURE } from '../../src/parts/front-door/probes/signature.ts';
import { parseProbe } from '../../src/prober/read-words.ts';
import { probeArguments } from '../../src/prober/write-words.ts';
import type { ProbeSpec } from '../../src/stack/stack.ts';
import { PROBE_KINDS } from '../../src/wiring/probe-kinds.ts';
import { cases } from '../helpers/cases.ts';

const name = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,15}$/);
const hostPort = fc.record({ service: name, port: fc.nat({ max: 65_535 }) });
const url = fc
  .tuple(
    fc.constantFrom('http', 'https'),
    fc.domain(),
    fc.option(fc.nat({ max: 65_535 })),
    fc.stringMatching(/^(\/[a-z]+){0,2}$/),
  )
  .map(([scheme, host, port, path]) => `${scheme}://${host}${port === null ? '' : `:${port}`}${path}`);
const variable = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,15}$/);

const signature = fc.oneof(
  fc.constantFrom('rocketchat', 'gitlab', 'www', 'hom'),
  fc.stringMatching(/^\/[a-z/]{0,9}( [1-5]\d\d)?( x-[a-z-]{1,9}(: [ -~]{1,9})?)?$/),
);

/** Values of the forms that have a shape of their own; any other is one of a few words, or any text. */
const OF_FORM: ReadonlyMap<unknown, fc.Arbitrary<unknown>> = new Map<unknown, fc.Arbitrary<unknown>>([
  [HOST_PORT, hostPort],
  [SERVER, url.map((each) => ({ kind: 'url', url: each }))],
  [PUBLIC_URL, url],
  [STATUS, fc.integer({ min: 100, max: 599 })],
  [SECRET, variable],
  [SIGNATURE, signature],
]);

const valueOfForm = (form: Form<unknown>): fc.Arbitrary<unknown> =>
  OF_FORM.get(form) ??
  (form.shown.includes('|') ? fc.constantFrom(...form.shown.split('|')) : fc.string({ unit: 'grapheme' }));

const packs = ({ pack }: Arity<unknown>, values: readonly unknown[]): boolean => {
  try {
    pack(values, 'x');
    return true;
  } catch {
    return false;
  }
};

/** What the option may stand for, given as often as it may be. */
const valueOfOption = ({ values }: OptionWord): fc.Arbitrary<unknown> =>
  fc
    .array(values.form ? valueOfForm(values.form) : fc.constant(true), { maxLength: 3 })
    .filter((each) => packs(values, each))
    .map((each) => values.pack(each, 'x'));

const put = (fields: Record<string, unknown>, [key = '', ...inner]: readonly string[], value: unknown): void => {
  if (inner.length === 0) fields[key] = value;
  else {
    fields[key] ??= {};
    put(fields[key] as Record<string, unknown>, inner, value);
  }
};

/** The target is that of the example: a line of its own is in the table of words for what it can hold. */
const specOf = ({ what, example, words: { target, options } }: SingleKind): fc.Arbitrary<ProbeSpec> =>
  fc.tuple(...options.map(valueOfOption)).map((values) => {
    const fields: Record<string, unknown> = { ...target.read(target.write(example)) };
    options.forEach(({ path }, index) => {
      if (values[index] !== undefined) put(fields, path, values[index]);
    });
    return { ...fields, what };
  });

const SINGLES = [...PROBE_KINDS.values()].flatMap((kind) => ('parts' in kind ? [] : [kind]));

describe('the words of', () => {
  test.each(SINGLES.map((kind) => [kind.what, kind] as const))('%s mean what they were written from', (_what, kind) => {
    fc.assert(
      fc.property(specOf(kind), (spec) => {
        const argv = probeArguments(PROBE_KINDS, spec) ?? [];
        expect(parseProbe(argv, PROBE_KINDS)?.request).toEqual({ kind: 'spec', spec });
      }),
      { numRuns: cases(50) },
    );
  });
});

test('a secret is found under any key, at any depth, and nothing else is taken for one', () => {
  const key = fc.stringMatching(/^[a-z]{1,8}$/).filter((each) => !['what', 'target'].includes(each));
  const path = fc.array(key, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(path, variable, fc.string(), (where, secret, other) => {
      const fields: Record<string, unknown> = { what: 'ours', target: { kind: 'url', url: 'http://a' }, other };
      put(fields, where, secret);
      const { target } = wordsOf<ProbeSpec & { readonly target: never }>();
      const kind: SingleKind = {
        what: 'ours',
        about: 'it holds',
        example: fields as ProbeSpec,
        words: {
          target: target('target', SERVER as Form<never>),
          options: [{ option: 'secret-from', path: where, values: once(SECRET) as Arity<unknown> }],
        },
        create: () => ({ id: 'ours', ask: async () => ({ kind: 'ready' }) }),
      };
      const kinds = probeKinds([...PROBE_KINDS.values(), kind]);
      const whole: ProbeSpec = { what: 'all-of', probes: [{ what: 'all-of', probes: [kind.example] }] };
      expect(secretsOf(kinds, whole)).toEqual([secret]);
    }),
  );
});
