/** Addresses and ranges of them, as `geo` and `set_real_ip_from` take them. */
import { BlockList, isIP } from 'node:net';
import { cannotObey } from './refusal.ts';

export interface AddressRange {
  /** Bits that are fixed. */
  readonly length: number;
  holds(address: string): boolean;
}

const familyOf = (address: string): 'ipv4' | 'ipv6' | undefined =>
  (({ 0: undefined, 4: 'ipv4', 6: 'ipv6' }) as const)[isIP(address) as 0 | 4 | 6];

/** @throws StandinError CONFIGURATION_UNSUPPORTED: names and sockets of UNIX are not known here */
export const addressRangeOf = (text: string, line: number): AddressRange => {
  const [address = '', written, ...more] = text.split('/');
  const family = familyOf(address);
  const width = family === 'ipv4' ? 32 : 128;
  const length = written === undefined ? width : Number(written);
  if (family === undefined || more.length > 0 || !/^\d*$/.test(written ?? '') || length > width) {
    throw cannotObey(`${text} is no address and no range of addresses`, line);
  }
  const list = new BlockList();
  list.addSubnet(address, length, family);
  return {
    length,
    holds: (asked) => {
      const of = familyOf(asked);
      return of === family && list.check(asked, of);
    },
  };
};
