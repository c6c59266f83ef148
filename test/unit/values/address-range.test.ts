import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAddressRange } from '../../../src/values/address-range.ts';

describe('a range of addresses', () => {
  test.each([
    ['10.0.0.7', '10.0.0.7', 32],
    ['10.0.0.0/8', '10.0.0.0/8', 8],
    ['10.0.0.7/32', '10.0.0.7', 32],
    ['FD00:0:0::/64', 'fd00::/64', 64],
    ['::ffff:10.0.0.7', '::ffff:a00:7', 128],
    ['::/0', '::/0', 0],
  ])('%s is read as %s', (text, meant, fixed) => {
    expect(readAddressRange(text)).toMatchObject({ text: meant, fixed, isFirst: true });
  });

  test.each([
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['fd00::1/8', 'fd00::/8'],
    ['10.0.0.1/0', '0.0.0.0/0'],
  ])('%s stands within %s', (text, range) => {
    expect(readAddressRange(text)).toMatchObject({ text: range, isFirst: false });
  });

  test('takes every address that Node takes for one', () => {
    const address = fc.oneof(fc.ipV4(), fc.ipV6());
    fc.assert(
      fc.property(address, (text) => {
        expect(readAddressRange(text)?.family).toBe(isIP(text));
      }),
    );
  });

  test('takes nothing else', () => {
    const text = fc.string().filter((each) => isIP(each.split('/')[0] ?? '') === 0);
    fc.assert(
      fc.property(text, (each) => {
        expect(readAddressRange(each)).toBeUndefined();
      }),
    );
  });
});
