import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IP_ADDRESS } from '../../../src/values/names.ts';
import { cases } from '../../helpers/cases.ts';

const accepts = (text: string): boolean => IP_ADDRESS.pattern.test(text);

describe('an IP address', () => {
  it('of four numbers is accepted', () => {
    fc.assert(fc.property(fc.ipV4(), (address) => accepts(address)));
  });

  it('of groups is accepted, shortened or not', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
    const whole = fc.array(group, { minLength: 8, maxLength: 8 }).map((groups) => groups.join(':'));
    const shortened = fc
      .tuple(fc.array(group, { maxLength: 3 }), fc.array(group, { maxLength: 4 }))
      .map(([before, after]) => `${before.join(':')}::${after.join(':')}`);
    fc.assert(fc.property(fc.oneof(whole, shortened), (address) => accepts(address)));
  });

  it('is one for Node too, whatever is written', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0123456789af:.'), maxLength: 24 });
    fc.assert(
      fc.property(text, (given) => !accepts(given) || isIP(given) !== 0),
      { numRuns: cases(5_000) },
    );
  });

  it.each(['', '127.0.0.1:80', '1.2.3', '256.1.1.1', '::1::', ':::', '[::1]', '127.0.0.1 ', 'localhost', '1:2:3'])(
    'is not %j',
    (text) => {
      expect(accepts(text)).toBe(false);
    },
  );
});
